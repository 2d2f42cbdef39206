import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { findChromium, isChromiumSandboxed } from '../../helpers/find-chromium';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

// docs/wire-protocol.md, section 8, to the letter.
const HEADER =
  'frame_id,session_id,session_name,device_id,device_name,captured_at,captured_at_ms,received_at,received_at_ms,corrected_at_ms,latitude_deg,longitude_deg,altitude_m,accuracy_m,altitude_accuracy_m,heading_deg,speed_mps,alpha_deg,beta_deg,gamma_deg,acceleration_x_mps2,acceleration_y_mps2,acceleration_z_mps2,rotation_alpha_dps,rotation_beta_dps,rotation_gamma_dps,temperature_c,humidity_pct,wind_speed_kmh,wind_direction_deg,precipitation_mm,cloud_cover_pct,weather_code,battery_pct,objects_detected,color_palette,photo,audio,text,capture_method,source,flags,extra';

const PHOTO = join(import.meta.dirname, '../../fixtures/photo.jpg');
const START = { latitude: 47.6, longitude: -122.33, accuracy: 5 };

let dataDir: string;
let hub: HubProcess;
let phoneBrowser: Browser;
let roomBrowser: Browser;

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking'],
  });

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'North ridge']);
  [phoneBrowser, roomBrowser] = await Promise.all([launch(), launch()]);
});

test.afterEach(async () => {
  await Promise.all([phoneBrowser.close(), roomBrowser.close()]);
  await hub.stop();
  removeFolder(dataDir);
});

async function openPhone(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await phoneBrowser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    // The CA is not in this browser's store: as a phone that clicked through.
    ignoreHTTPSErrors: true,
    geolocation: START,
    permissions: ['geolocation'],
  });
  const page = await context.newPage();
  const key = new URL(hub.ready.join).hash;
  await page.goto(`${hub.ready.https}/join${key}`);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
  return { context, page };
}

/** Walks north, a little further each time the phone has taken a frame, until told to stop. */
function walk(context: BrowserContext, page: Page): { stop(): Promise<number> } {
  let latitude = START.latitude;
  let isWalking = true;
  const walking = (async () => {
    while (isWalking) {
      latitude = Math.round((latitude + 0.0001) * 1e4) / 1e4;
      const before = await count(page, 'captured');
      await context.setGeolocation({ ...START, latitude });
      await expect.poll(() => count(page, 'captured')).toBeGreaterThan(before);
    }
  })();
  return {
    stop: async () => {
      isWalking = false;
      await walking;
      return latitude;
    },
  };
}

/** The phone's own count, once it is shown. */
const count = async (page: Page, name: 'captured' | 'delivered' | 'waiting'): Promise<number> =>
  Number(((await page.getByTestId(name).textContent()) ?? '').replaceAll(/\D/g, ''));

test('a phone pairs, its frames are stored, the operator sees it, the hub is killed and comes back, the CSV is right', async () => {
  const { context, page: phone } = await openPhone();
  await expect(phone.getByTestId('link')).toHaveAttribute('data-state', 'connected');

  const room = await (await roomBrowser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await room.goto(hub.ready.console);
  const row = room.getByTestId('roster-row');
  await expect(row).toContainText('Ann');
  const marker = room.getByTestId('marker');
  await expect(marker).toHaveAttribute('data-lat', String(START.latitude));
  const way = walk(context, phone);
  const latitudes = new Set<string | null>();
  await expect
    .poll(async () => latitudes.add(await marker.getAttribute('data-lat')).size, 'the marker moves')
    .toBeGreaterThan(3);
  await expect.poll(async () => Number(await row.getByTestId('rate').textContent())).toBeGreaterThan(0);

  await phone.locator('input[type=file]').setInputFiles(PHOTO);
  await phone.getByRole('button', { name: 'Send photo' }).tap();
  await row.click();
  const photo = room.getByTestId('last-photo');
  await expect(photo).toBeVisible();
  expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  // Pulled out in the middle: no goodbye, nothing flushed. The phone goes on by itself.
  const { http, https } = hub.ready;
  await hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  await expect.poll(() => count(phone, 'waiting')).toBeGreaterThan(3);
  hub = await startHubProcess(dataDir, ['--port', new URL(http).port, '--tls-port', new URL(https ?? '').port]);

  await expect(phone.getByTestId('link')).toHaveAttribute('data-state', 'connected', { timeout: 30_000 });
  const end = await way.stop();
  await expect(marker).toHaveAttribute('data-lat', String(end), { timeout: 30_000 });
  await phone.getByRole('button', { name: 'Stop' }).tap();
  await expect(phone.getByTestId('waiting')).toHaveText('0');
  const captured = await count(phone, 'captured');
  expect(await count(phone, 'delivered')).toBe(captured);
  expect(captured).toBeGreaterThan(10);
  await expect(row.getByTestId('frames')).toHaveText(String(captured));

  const out = join(dataDir, 'out.csv');
  expect(runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', out]).code).toBe(0);
  const text = readFileSync(out, 'utf8');
  expect(text.slice(0, text.indexOf('\r\n'))).toBe(HEADER);
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(rows).toHaveLength(captured);
  expect(new Set(rows.map(({ session_name }) => session_name))).toEqual(new Set(['North ridge']));
  expect(new Set(rows.map(({ session_id }) => session_id)).size).toBe(1);
  expect(new Set(rows.map(({ device_id }) => device_id)).size).toBe(1);
  expect(new Set(rows.map(({ device_name }) => device_name))).toEqual(new Set(['Ann']));
  expect(rows.filter(({ photo }) => photo !== '')).toHaveLength(1);
  const order = rows.map(({ received_at_ms, frame_id }) => [Number(received_at_ms), Number(frame_id)] as const);
  expect([...order].sort(([a, x], [b, y]) => a - b || x - y)).toEqual(order);
});
