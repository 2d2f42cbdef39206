// The one suite of the contract over the real preload and the real IPC. Runs on Electron where its binary is, else on the stand-in.
import { type ElectronApplication, test } from '@playwright/test';
import type { ContractHost } from '../../contract/contract-host';
import { hubContract } from '../../contract/hub-contract';
import { startDesktop } from '../../helpers/electron-app';
import { openBarePage, openPageTransport } from '../../helpers/page-transport';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const folder = temporaryFolder();
let app: ElectronApplication;

test.beforeAll(async () => {
  ({ app } = await startDesktop(folder));
});
test.afterAll(async () => {
  await app.close();
  removeFolder(folder);
});

const host: ContractHost = {
  connect: async () => {
    const page = await openBarePage(app);
    return { transport: await openPageTransport(page), dispose: () => page.close() };
  },
  hasViewers: false,
  chooseSavePath: (path) =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
    }, path),
};

test.describe('the contract over IPC', () => {
  hubContract(
    (name, run) => test(name, run),
    { hasViewers: false, hasSaveDialog: true },
    () => host,
  );
});
