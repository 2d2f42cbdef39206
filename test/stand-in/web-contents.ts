import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { StandInWindow } from './browser-window.ts';
import { allowPopup, closePage } from './chromium.ts';
import { guard, notImplemented } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import type { ToMain } from './page/messages.ts';
import type { PageLink } from './page-link.ts';
import { originOf, toBrowserUrl } from './protocol.ts';
import { type StandInSession, session } from './session.ts';
import { windows } from './windows.ts';

type OpenHandler = (details: object) => { readonly action: 'allow' | 'deny' };

/** What a window's preferences hold that the stand-in heeds. */
export interface Preferences {
  readonly preload?: string;
  readonly additionalArguments?: string[];
  readonly session?: StandInSession;
  readonly partition?: string;
}

export class StandInWebContents extends EventEmitter {
  readonly id: number;
  readonly session: StandInSession;
  /** DevTools id of the page; '' until there is one. */
  targetId = '';
  readonly #window: StandInWindow;
  #link: PageLink | null = null;
  #url = '';
  #loading: { resolve(): void; reject(error: Error): void } | null = null;
  #openHandler: OpenHandler | null = null;
  // As Electron tells of any port.
  #udpPorts = { min: 0, max: 0 };

  constructor(window: StandInWindow, preferences: Preferences) {
    super();
    this.#window = window;
    this.id = window.id;
    this.session =
      preferences.session ??
      (preferences.partition ? session.fromPartition(preferences.partition) : session.defaultSession);
  }

  /** The stand-in's own: the page is there. */
  connect(link: PageLink, targetId: string): void {
    this.#link = link;
    this.targetId = targetId;
    link.on('message', (message) => void this.#receive(message));
    link.on('question', (question, answer) => void this.session.decide(this.#face(), question).then(answer));
    link.on('console', (level, message) => this.emit('console-message', { level, message }));
    link.on('preload-error', (error) => this.emit('preload-error', {}, '', error));
    link.on('dom-ready', () => this.emit('dom-ready', {}));
    link.on('load', () => this.#onLoad());
    link.on('navigated', (url) => {
      this.#url = url;
      this.emit('did-navigate', {}, url);
    });
    link.on('navigated-in-page', (url) => {
      this.#url = url;
      this.emit('did-navigate-in-page', {}, url, true);
    });
    link.on('will-navigate', (event) => this.emit('will-navigate', event, event.url));
    link.on('popup', (details) => this.#onPopup(details));
    link.on('crashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
  }

  /** The stand-in's own: the page is gone. */
  disconnect(): void {
    this.#loading?.reject(new Error('ERR_FAILED (-2)'));
    this.#loading = null;
    this.emit('destroyed');
  }

  get mainFrame() {
    const url = this.#url;
    return { url, origin: originOf(url), routingId: 1, processId: 1, parent: null, top: null, detached: false };
  }
  async loadURL(url: string): Promise<void> {
    await this.#window.opened;
    this.#loading?.reject(new Error('ERR_ABORTED (-3)'));
    const loaded = new Promise<void>((resolve, reject) => {
      this.#loading = { resolve, reject };
    });
    this.emit('did-start-loading');
    const failure = await this.#page().navigate(toBrowserUrl(url));
    if (failure) {
      this.#loading = null;
      this.emit('did-fail-load', {}, -1, failure, url, true);
      throw Object.assign(new Error(`${failure.replace('net::', '')} loading '${url}'`), { code: failure });
    }
    await loaded;
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    this.#link?.post({ kind: 'event', channel, args });
  }
  async executeJavaScript(code: string): Promise<unknown> {
    await this.#window.opened;
    return this.#page().evaluate(code);
  }
  async capturePage() {
    const png = await this.#page().screenshot();
    return { toPNG: () => png, isEmpty: () => png.length === 0 };
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    void this.#page().reload();
  }
  close(): void {
    this.#window.close();
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#window.getTitle();
  }
  isDestroyed(): boolean {
    return this.#window.isDestroyed();
  }
  isLoading(): boolean {
    return this.#loading !== null;
  }
  setWebRTCUDPPortRange(range: { readonly min: number; readonly max: number }): void {
    this.#udpPorts = range;
  }
  getWebRTCUDPPortRange(): { readonly min: number; readonly max: number } {
    return this.#udpPorts;
  }
  // Nothing of these can be seen in a headless page.
  openDevTools(): void {}
  closeDevTools(): void {}
  focus(): void {}
  setZoomLevel(): void {}
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  /** The stand-in's own: prefers-color-scheme of the page. */
  async setColorScheme(value: string): Promise<void> {
    await this.#link?.setColorScheme(value);
  }
  /** The stand-in's own. */
  async bringToFront(): Promise<void> {
    await this.#link?.bringToFront();
  }
  /** The stand-in's own: closes the page for good. */
  async closePage(): Promise<void> {
    await closePage(this.targetId);
  }

  #page(): PageLink {
    if (!this.#link) throw new Error('stand-in: the page is not open yet');
    return this.#link;
  }

  /** What the app holds as this object: the guarded one. */
  #face(): WebContents {
    return this.#window.webContents as unknown as WebContents;
  }

  #onLoad(): void {
    if (this.#url === 'about:blank' || this.#url === '') return;
    this.emit('did-finish-load', {});
    this.emit('did-stop-loading', {});
    this.#window.emit('ready-to-show');
    this.#loading?.resolve();
    this.#loading = null;
  }

  #onPopup(details: { readonly url: string }): void {
    const answer = this.#openHandler?.({ ...details, disposition: 'foreground-tab', referrer: { url: this.#url } });
    if (answer?.action !== 'deny') allowPopup();
  }

  async #receive(message: ToMain): Promise<void> {
    const event = {
      ...{ sender: this.#face(), senderFrame: this.mainFrame, processId: 1, frameId: 1, type: 'frame' },
      ...{ ports: [], reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args) },
    };
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const { id, channel, args } = message;
    try {
      const value = await ipcMain.answer(event as unknown as IpcMainInvokeEvent, channel, args);
      this.#link?.post({ kind: 'result', id, value });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.#link?.post({ kind: 'failure', id, channel, message: String(error) });
    }
  }
}

function all(): StandInWebContents[] {
  return [...windows.values()].map((window) => window.webContents);
}

/** The module's static side. */
export const webContents = guard('webContents', {
  getAllWebContents: all,
  fromId: (id: number) => windows.get(id)?.webContents,
  fromDevToolsTargetId: (targetId: string) => all().find((each) => each.targetId === targetId),
  getFocusedWebContents: () => null,
  create: notImplemented('webContents.create'),
});
