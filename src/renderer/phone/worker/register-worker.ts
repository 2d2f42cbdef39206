/** Where the browser trusts the hub's certificate; elsewhere it refuses, and the page works the same without. */
export function registerWorker(): void {
  if (!globalThis.isSecureContext || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
