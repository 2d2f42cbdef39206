// `npm start`: builds, then opens the control room: in Electron where its binary is or can be had, else in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

/** How long fetching Electron's binary may take, ms: about 110 MB. */
const FETCH_MS = 5 * 60_000;

const build = () => {
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

/** The binary, without importing `electron`: that would start the download by itself. */
const findElectron = () => {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
};

const fetchElectron = () => {
  console.log('Fetching Electron (once, about 110 MB) ...');
  spawnSync('npx', ['install-electron'], {
    cwd: root,
    stdio: 'ignore',
    timeout: FETCH_MS,
    shell: process.platform === 'win32',
  });
  return findElectron();
};

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

const runElectron = (binary) => {
  // Chromium's own sandbox does not work for root; the pages stay sandboxed from Node either way.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary, [root, ...sandbox, ...args], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
};

const openInBrowser = (url) => {
  const [command, ...rest] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
};

const runHeadless = () => {
  const hub = spawn(process.execPath, [join(root, 'out/main/headless.js'), 'hub', '--json', ...args], {
    // The channel tells the hub when this launcher is gone, however it went: it then stops too.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  createInterface({ input: hub.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.event !== 'ready') return;
    const { console: room, join: joinUrl, dataDir } = event;
    console.log(`\nThe control room, signed in (keep this link to yourself):\n\n  ${room}\n`);
    console.log(`Phones: scan the QR code there, or open ${joinUrl.split('#')[0]}`);
    console.log(`Everything is kept in ${dataDir}. Ctrl+C stops the hub.`);
    if (hasDisplay()) openInBrowser(room);
  });
  hub.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => hub.kill(signal));
};

build();
const electron = hasDisplay() ? (findElectron() ?? fetchElectron()) : null;
if (electron) {
  runElectron(electron);
} else {
  const reason = hasDisplay() ? "Electron's binary could not be had" : 'There is no display for a window';
  console.log(`${reason}: the same hub runs without a window, with the control room in the browser.`);
  runHeadless();
}
