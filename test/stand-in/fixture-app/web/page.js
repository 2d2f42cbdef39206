globalThis.pageGlobal = 1;
Array.prototype.pagePolluted = 1;
document.title = `fixture ${globalThis.api.version}`;
