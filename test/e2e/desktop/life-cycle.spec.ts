// How the desktop app starts and ends. Runs on Electron where its binary is, else on the stand-in.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BrowserWindow } from 'electron';
import { connectPhone, scanQrCode, sendFrame } from '../../helpers/control-room';
import { ANY_PORTS, runToEnd, type StartedDesktop, startDesktop } from '../../helpers/electron-app';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let folder: string;

const start = (args = ANY_PORTS, answer = ''): Promise<StartedDesktop> => startDesktop(folder, args, answer);

test.beforeEach(() => {
  folder = temporaryFolder();
});
test.afterEach(() => removeFolder(folder));

test.describe('the end', () => {
  test('closing the window stores what was received, says goodbye, and exits with 0', async () => {
    const { app, page } = await start();
    const phone = await connectPhone(await scanQrCode(page), 'ann');
    await sendFrame(phone, { gps: { latitude: 1, longitude: 2 } });
    const exited = once(app.process(), 'exit');
    await page.close();
    expect(await phone.client.closed).toMatchObject({ code: 1001 });
    expect(phone.client.received.at(-1)).toMatchObject({ type: 'server_shutdown' });
    expect((await exited)[0]).toBe(0);

    const again = await start();
    await expect(again.page.getByTestId('roster-row')).toContainText('ann');
    await again.app.close();
  });

  test('SIGTERM does the same', async () => {
    const { app, page } = await start();
    const phone = await connectPhone(await scanQrCode(page), 'ann');
    const exited = once(app.process(), 'exit');
    app.process().kill('SIGTERM');
    expect(await phone.client.closed).toMatchObject({ code: 1001 });
    expect((await exited)[0]).toBe(0);
  });

  test('the window comes back where it was', async () => {
    const bounds = { x: 30, y: 40, width: 1100, height: 700 };
    const first = await start();
    const before = await first.app.browserWindow(first.page);
    await before.evaluate((window: BrowserWindow, value) => window.setBounds(value), bounds);
    await first.app.close();
    const second = await start();
    const after = await second.app.browserWindow(second.page);
    expect(await after.evaluate((window: BrowserWindow) => window.getBounds())).toEqual(bounds);
    await second.app.close();
  });
});

test.describe('what keeps it from starting', () => {
  const other = createServer();
  let port: number;
  test.beforeAll(async () => {
    await once(other.listen(0, '0.0.0.0'), 'listening');
    port = (other.address() as { port: number }).port;
  });
  test.afterAll(() => {
    other.close();
  });

  test('a taken port: "Use another port" starts on a free one', async () => {
    const { app, page } = await start([`--port=${port}`, '--tls-port=0'], 'Use another port');
    const address = new URL(await scanQrCode(page));
    expect(Number(address.port)).toBeGreaterThan(0);
    expect(Number(address.port)).not.toBe(port);
    await app.close();
  });

  test('a taken TLS port: the same', async () => {
    const { app } = await start(['--port=0', `--tls-port=${port}`], 'Use another port');
    await app.close();
  });

  test('a taken port: "Quit" ends with 0 after a sentence that names port and holder', async () => {
    const { code, stdout } = await runToEnd([`--user-data-dir=${folder}`, `--port=${port}`, '--tls-port=0'], 'Quit');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.replace(/^dialog /, ''))).toEqual({
      message: expect.stringMatching(new RegExp(`^Port ${port} is already in use by .*\\(pid ${process.pid}\\)\\.$`)),
      buttons: ['Use another port', 'Quit'],
    });
  });

  test('anything else is said in a sentence, and it exits with 1', async () => {
    const { code, stdout } = await runToEnd([`--user-data-dir=${folder}`, '--port=eighty']);
    expect(code).toBe(1);
    expect(stdout).toContain('--port must be between 0 and 65535, got eighty.');
  });

  test('a data folder another hub has', async () => {
    const hub = await startHubProcess(join(folder, 'shared'));
    const { code, stdout } = await runToEnd([
      `--user-data-dir=${folder}`,
      ...ANY_PORTS,
      `--data=${join(folder, 'shared')}`,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain(String(hub.ready.pid));
    expect(await hub.stop()).toBe(0);
  });
});
