import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rectangle } from 'electron';
import { createPage, resizePage } from './chromium.ts';
import { appRoot, manifest } from './environment.ts';
import { cancellable, guard } from './guard.ts';
import { nativeTheme } from './native-theme.ts';
import { PageLink } from './page-link.ts';
import { type Preferences, StandInWebContents } from './web-contents.ts';
import { windowEvents, windows } from './windows.ts';

interface Options extends Partial<Rectangle> {
  readonly title?: string;
  readonly show?: boolean;
  readonly webPreferences?: Preferences;
}

let lastId = 0;

/** A window is a headless page of its size; where it stands on the screen is only remembered. */
export class StandInWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: StandInWebContents;
  /** The stand-in's own: the page is there and takes commands. */
  readonly opened: Promise<void>;
  /** The stand-in's own: settled when the window is gone, or when it refused to close. */
  closeSettled: Promise<void>;
  #settleClose: () => void = () => {};
  #isDestroyed = false;
  #isVisible: boolean;
  #state: 'normal' | 'minimized' | 'maximized' | 'full-screen' = 'normal';
  #title: string;
  #bounds: Rectangle;

  constructor(options: Options = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options;
    this.#title = options.title ?? manifest.productName ?? manifest.name;
    this.#isVisible = options.show ?? true;
    this.#bounds = { x, y, width, height };
    this.closeSettled = this.#nextClose();
    windows.set(this.id, this);
    this.webContents = guard('webContents', new StandInWebContents(this, webPreferences));
    this.opened = this.#open(webPreferences);
    this.opened.catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
    queueMicrotask(() => windowEvents.emit('created', this));
  }

  async #open({ preload, additionalArguments = [] }: Preferences): Promise<void> {
    const { width, height } = this.#bounds;
    const { targetId, cdp } = await createPage({ width, height }, () => this.#onGone());
    const link = new PageLink(cdp, targetId);
    this.webContents.connect(link, targetId);
    const scheme = nativeTheme.themeSource === 'system' ? null : nativeTheme.themeSource;
    await link.open(preload ?? null, additionalArguments, scheme);
    await resizePage(targetId, width, height);
  }

  #nextClose(): Promise<void> {
    return new Promise((resolve) => {
      this.#settleClose = resolve;
    });
  }

  #onGone(): void {
    this.#isDestroyed = true;
    windows.delete(this.id);
    this.webContents.disconnect();
    this.emit('closed');
    this.#settleClose();
    windowEvents.emit('closed');
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
  }
  async loadFile(file: string): Promise<void> {
    await this.loadURL(pathToFileURL(resolve(appRoot, file)).href);
  }
  close(): void {
    if (this.#isDestroyed) return;
    const event = cancellable({});
    this.emit('close', event);
    if (event.defaultPrevented) {
      this.#settleClose();
      this.closeSettled = this.#nextClose();
    } else this.destroy();
  }
  destroy(): void {
    // Closed by someone else meanwhile: there is nothing left to close.
    void this.opened.then(() => this.webContents.closePage()).catch(() => {});
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  show(): void {
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible && !this.#isDestroyed;
  }
  focus(): void {
    void this.opened.then(() => this.webContents.bringToFront());
    this.emit('focus');
  }
  isFocused(): boolean {
    return this.isVisible();
  }
  minimize(): void {
    this.#state = 'minimized';
    this.emit('minimize');
  }
  maximize(): void {
    this.#state = 'maximized';
    this.emit('maximize');
  }
  restore(): void {
    this.#state = 'normal';
    this.emit('restore');
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  setFullScreen(isFull: boolean): void {
    this.#state = isFull ? 'full-screen' : 'normal';
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#state === 'full-screen';
  }
  getBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Rectangle {
    return this.getBounds();
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    void this.opened.then(() => resizePage(this.webContents.targetId, width, height));
    if (width !== before.width || height !== before.height) this.emit('resize');
    if (x !== before.x || y !== before.y) this.emit('move');
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  // Frames, icons and the task bar can't be seen in a headless page.
  setMenuBarVisibility(): void {}
  setIcon(): void {}
  setBackgroundColor(): void {}
  flashFrame(): void {}

  static getAllWindows(): StandInWindow[] {
    return [...windows.values()];
  }
  static fromWebContents(contents: { readonly id: number }): StandInWindow | null {
    return windows.get(contents.id) ?? null;
  }
  static fromId(id: number): StandInWindow | null {
    return windows.get(id) ?? null;
  }
  static getFocusedWindow(): StandInWindow | null {
    return [...windows.values()].at(-1) ?? null;
  }
}
