import { join } from 'node:path';
import { app, dialog, Menu, type MenuItemConstructorOptions, nativeTheme, shell } from 'electron';

/** Only what the main process does by itself: the control room has its own buttons and keys for the rest. */
export function setApplicationMenu(dataDir: string): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      {
        label: '&File',
        submenu: [
          { id: 'open-data-folder', label: 'Open data folder', click: () => void openPath(dataDir) },
          { type: 'separator' },
          { role: 'quit' },
        ],
      },
      { role: 'editMenu' },
      { label: '&View', submenu: viewItems() },
      {
        label: '&Help',
        submenu: [
          {
            id: 'licences',
            label: 'Third-party licences',
            click: () => void openPath(join(app.getAppPath(), 'resources/third-party-licences.txt')),
          },
          { id: 'about', label: 'About Perch', click: () => void showAbout(dataDir) },
        ],
      },
    ]),
  );
}

function viewItems(): MenuItemConstructorOptions[] {
  const theme = (value: 'system' | 'light' | 'dark', label: string): MenuItemConstructorOptions => ({
    id: `theme-${value}`,
    label,
    type: 'radio',
    checked: nativeTheme.themeSource === value,
    click: () => {
      nativeTheme.themeSource = value;
    },
  });
  return [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { label: 'Theme', submenu: [theme('system', 'As the system'), theme('light', 'Light'), theme('dark', 'Dark')] },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ];
}

async function openPath(path: string): Promise<void> {
  const failure = await shell.openPath(path);
  if (failure) dialog.showErrorBox('Perch could not open it', `${path}: ${failure}`);
}

async function showAbout(dataDir: string): Promise<void> {
  const { electron, chrome, node } = process.versions;
  await dialog.showMessageBox({
    type: 'info',
    title: 'About Perch',
    message: `Perch ${app.getVersion()}`,
    detail: `Everything is kept on this laptop, in ${dataDir}.\n\nElectron ${electron}, Chromium ${chrome}, Node ${node}. MIT licence; those of the parts are under Help, Third-party licences.`,
    buttons: ['Close'],
  });
}
