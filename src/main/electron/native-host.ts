import { join } from 'node:path';
import { app, BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { ConsoleHost } from '../hub/hub';

/** What only the desktop can do for the control room. */
export const nativeHost: ConsoleHost = {
  chooseSavePath: async (defaultName) => {
    const extension = defaultName.split('.').at(-1) ?? '';
    const options = {
      title: 'Save the export',
      defaultPath: join(app.getPath('documents'), defaultName),
      filters: [
        { name: extension.toUpperCase(), extensions: [extension] },
        { name: 'All files', extensions: ['*'] },
      ],
    };
    const window = frontWindow();
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === '' ? null : filePath;
  },
  chooseFolder: async (title) => {
    const options: OpenDialogOptions = {
      title,
      defaultPath: app.getPath('documents'),
      properties: ['openDirectory', 'createDirectory'],
    };
    const window = frontWindow();
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  },
};

const frontWindow = (): BrowserWindow | undefined =>
  BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
