import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { closeChromium } from './chromium.ts';
import {
  appendedSwitches,
  appRoot,
  hasSwitch,
  manifest,
  setUserDataDir,
  switchValue,
  userDataDir,
} from './environment.ts';
import { cancellable, guard } from './guard.ts';
import { closeSchemeRegistration } from './protocol.ts';
import { hasSingleInstanceLock, releaseSingleInstanceLock, requestSingleInstanceLock } from './single-instance.ts';
import { windowEvents, windows } from './windows.ts';

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = guard('app.commandLine', {
    appendSwitch: (name: string, value?: string) => {
      appendedSwitches.push(value ? `--${name}=${value}` : `--${name}`);
    },
    hasSwitch,
    getSwitchValue: switchValue,
  });
  #resolveReady: () => void = () => {};
  readonly #ready = new Promise<void>((resolve) => {
    this.#resolveReady = resolve;
  });
  #isReady = false;
  #isQuitting = false;
  #paths = new Map<string, string>();
  #name = manifest.productName ?? manifest.name;

  get name(): string {
    return this.#name;
  }
  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return manifest.version;
  }
  getAppPath(): string {
    return appRoot;
  }
  getLocale(): string {
    return 'en-US';
  }
  whenReady(): Promise<void> {
    return this.#ready;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  getPath(name: string): string {
    const known = this.#paths.get(name);
    if (known) return known;
    const userData = userDataDir();
    const fixed: Readonly<Record<string, string>> = {
      userData,
      sessionData: userData,
      temp: tmpdir(),
      home: homedir(),
      appData: dirname(userData),
      exe: process.execPath,
      module: process.execPath,
    };
    // Documents, downloads and the like stay inside the test's own folder.
    const path = fixed[name] ?? join(userData, name);
    if (!(name in fixed)) mkdirSync(path, { recursive: true });
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
    if (name === 'userData') setUserDataDir(path);
  }
  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return requestSingleInstanceLock(additionalData, ({ argv, workingDirectory, additionalData: data }) => {
      void this.#ready.then(() => this.emit('second-instance', cancellable({}), argv, workingDirectory, data));
    });
  }
  hasSingleInstanceLock(): boolean {
    return hasSingleInstanceLock();
  }
  releaseSingleInstanceLock(): void {
    releaseSingleInstanceLock();
  }
  // Nothing of these reaches a headless page.
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  enableSandbox(): void {}
  focus(): void {}

  quit(): void {
    void this.#quit();
  }
  exit(code = 0): void {
    void this.#exit(code);
  }

  /** The stand-in's own: `ready`, after the main module's first turn, as in Electron. */
  start(): void {
    closeSchemeRegistration();
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#resolveReady();
  }

  /** The stand-in's own. */
  onWindowClosed(): void {
    if (windows.size > 0 || this.#isQuitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  async #quit(): Promise<void> {
    if (this.#isQuitting) return;
    const before = cancellable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    const open = [...windows.values()];
    const settled = Promise.all(open.map((window) => window.closeSettled));
    for (const window of open) window.close();
    await settled;
    const will = cancellable({});
    if (windows.size === 0) this.emit('will-quit', will);
    if (windows.size > 0 || will.defaultPrevented) {
      this.#isQuitting = false;
      return;
    }
    await this.#exit(0);
  }

  async #exit(code: number): Promise<void> {
    this.emit('quit', {}, code);
    // A Chromium that never started, or died, has nothing to close.
    await closeChromium().catch(() => {});
    process.exit(code);
  }
}

export const app = guard('app', new StandInApp());
windowEvents.on('created', (window) => {
  app.emit('web-contents-created', {}, window.webContents);
  app.emit('browser-window-created', {}, window);
});
windowEvents.on('closed', () => app.onWindowClosed());
