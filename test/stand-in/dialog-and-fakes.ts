// What a test can't see or answer on a screen: recorded, with the answer of an operator who dismisses everything.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { MessageBoxOptions, NotificationConstructorOptions } from 'electron';
import { calls, recorded } from './calls.ts';
import { guard } from './guard.ts';

export const dialog = guard('dialog', {
  showOpenDialog: recorded('dialog.showOpenDialog', () =>
    Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  ),
  showSaveDialog: recorded('dialog.showSaveDialog', () => Promise.resolve({ canceled: true, filePath: '' })),
  showMessageBox: recorded('dialog.showMessageBox', (...args: readonly unknown[]) => {
    const options = args.at(-1) as MessageBoxOptions;
    return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false });
  }),
  showErrorBox: recorded('dialog.showErrorBox', () => {}),
});

export const shell = guard('shell', {
  openExternal: recorded('shell.openExternal', () => Promise.resolve()),
  openPath: recorded('shell.openPath', () => Promise.resolve('')),
  showItemInFolder: recorded('shell.showItemInFolder', () => {}),
  beep: recorded('shell.beep', () => {}),
});

const blockers = new Set<number>();
let lastBlocker = 0;
export const powerSaveBlocker = guard('powerSaveBlocker', {
  start: recorded('powerSaveBlocker.start', () => {
    blockers.add(++lastBlocker);
    return lastBlocker;
  }),
  stop: recorded('powerSaveBlocker.stop', (id: number) => blockers.delete(id)),
  isStarted: (id: number) => blockers.has(id),
});

/** A test emits 'shutdown', 'suspend' and 'resume' on it. */
export const powerMonitor = guard('powerMonitor', new EventEmitter());

const emptyImage = { isEmpty: () => true, getSize: () => ({ width: 0, height: 0 }), toPNG: () => Buffer.alloc(0) };
export const nativeImage = guard('nativeImage', {
  createEmpty: () => emptyImage,
  createFromPath: () => emptyImage,
  createFromBuffer: () => emptyImage,
});

export class Tray extends EventEmitter {
  setToolTip(): void {}
  setContextMenu(): void {}
  destroy(): void {}
}

export class Notification extends EventEmitter {
  readonly #options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.#options = options;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    calls.push({ name: 'Notification.show', args: [this.#options] });
  }
  close(): void {}
}

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, bounds: area, workArea: area, workAreaSize: area, size: area, scaleFactor: 1, rotation: 0 };
export const screen = guard(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayMatching: () => display,
    getDisplayNearestPoint: () => display,
  }),
);

let clipboardText = '';
export const clipboard = guard('clipboard', {
  readText: () => clipboardText,
  writeText: (text: string) => {
    clipboardText = text;
  },
});

/** Instead of the keychain of a user: what a seal is made with, and nothing else opens. */
const KEYCHAIN = createHash('sha256').update('the keychain of the stand-in').digest();
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const safeStorage = guard('safeStorage', {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', KEYCHAIN, nonce);
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  /** Throws for what another keychain sealed, or was changed, as Electron does. */
  decryptString: (sealed: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', KEYCHAIN, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  },
  getSelectedStorageBackend: () => 'gnome_libsecret',
});

export const desktopCapturer = guard('desktopCapturer', {
  getSources: () =>
    Promise.resolve([{ id: 'screen:0:0', name: 'Entire screen', display_id: '1', thumbnail: emptyImage }]),
});

export const net = guard('net', {
  /** Files only: nothing of a test goes to a network through here. */
  fetch: async (url: string) => {
    if (!url.startsWith('file:')) throw new Error('stand-in: net.fetch of anything but a file is not implemented');
    return new Response(new Uint8Array(await readFile(new URL(url))));
  },
  isOnline: () => true,
});
