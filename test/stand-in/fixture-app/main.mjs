// A small app that uses every part of Electron the stand-in keeps real; test/e2e/desktop/stand-in.spec.ts drives it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, desktopCapturer, ipcMain, Menu, protocol, session, shell } from 'electron';

const POLICY = "default-src 'self'; script-src 'self'; connect-src 'self' app://second";
const TYPES = { html: 'text/html', js: 'text/javascript' };

globalThis.isAllowed = true;
globalThis.seconds = [];
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (!app.requestSingleInstanceLock({ hello: 'first' })) app.exit(7);
app.on('second-instance', (_event, argv, _folder, data) => globalThis.seconds.push({ last: argv.at(-1), data }));
app.on('window-all-closed', () => app.quit());

async function serve(request) {
  const { host, pathname } = new URL(request.url);
  if (pathname === '/api') {
    return Response.json(
      { host, method: request.method, body: await request.text() },
      { headers: { 'access-control-allow-origin': '*' } },
    );
  }
  const headers = { 'content-type': TYPES[pathname.split('.').pop()], 'content-security-policy': POLICY };
  return new Response(await readFile(join(import.meta.dirname, 'web', pathname)), { headers });
}

async function openWindow() {
  const window = new BrowserWindow({
    width: 640,
    height: 480,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event, url) => {
    event.preventDefault();
    globalThis.blocked = url;
  });
  await window.loadURL('app://fixture/index.html');
}

await app.whenReady();
protocol.handle('app', serve);
session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
  decide(permission === 'media' && globalThis.isAllowed),
);
session.defaultSession.setPermissionCheckHandler(
  (_contents, permission) => permission === 'media' && globalThis.isAllowed,
);
session.defaultSession.setDisplayMediaRequestHandler(async (_request, decide) => {
  const [video] = await desktopCapturer.getSources({ types: ['screen'] });
  decide(globalThis.isAllowed ? { video } : {});
});
ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('bytes', (_event, length) => new Uint8Array(length));
ipcMain.handle('sender', (event) => event.senderFrame.url);
ipcMain.handle('fail', () => {
  throw new Error('on purpose');
});
ipcMain.handle('second-window', () => openWindow());
ipcMain.on('relay', (event, value) => {
  for (const window of BrowserWindow.getAllWindows()) {
    if (window.webContents.id !== event.sender.id) window.webContents.send('relay', value);
  }
});
Menu.setApplicationMenu(
  Menu.buildFromTemplate([
    { label: 'File', submenu: [{ id: 'click-me', label: 'Click me', click: () => (globalThis.isClicked = true) }] },
  ]),
);
await openWindow();
