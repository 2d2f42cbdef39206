import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium, isChromiumSandboxed } from '../../helpers/find-chromium';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { caFileOf, launchTrustedChromium } from '../../helpers/trusted-chromium';

const SIZES = [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
] as const;
const HERE = { latitude: 47.6, longitude: -122.33, accuracy: 5 };
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let dataDir: string;
let hub: HubProcess;
let browser: Browser;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'North ridge']);
  browser = await chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
});

test.afterEach(async () => {
  await browser.close();
  await hub.stop();
  removeFolder(dataDir);
});

async function openPage(options: BrowserContextOptions = {}, from: Browser = browser): Promise<Page> {
  const context = await from.newContext({
    viewport: SIZES[0],
    isMobile: true,
    hasTouch: true,
    geolocation: HERE,
    permissions: ['geolocation', 'microphone'],
    locale: 'en',
    ...options,
  });
  return context.newPage();
}

const secureUrl = (): string => `${hub.ready.https}/join${new URL(hub.ready.join).hash}`;
/** By its LAN address: loopback would count as secure. */
const plainUrl = (): string => `${new URL(hub.ready.join).origin}/join`;

/** Nothing serious by axe-core, nothing wider than the screen, and the main button in view without scrolling. */
async function expectUsable(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious, what).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${what}: wider than the screen`).toBeLessThanOrEqual(0);
  const main = page.locator('.button-main:visible, .hold:visible').last();
  if (await main.count()) await expect(main, what).toBeInViewport({ ratio: 1 });
}

/** Name, consent, start. */
async function start(page: Page, name = 'Ann'): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
}

async function expectStored(page: Page): Promise<void> {
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  await expect(page.getByTestId('delivered')).not.toHaveText('0');
}

test('with the certificate installed: no warning, and the phone streams', async () => {
  const trusted = await launchTrustedChromium([caFileOf(dataDir)]);
  try {
    for (const viewport of SIZES) {
      const page = await openPage({ viewport }, trusted.browser);
      // A private name: the CA may vouch for no other, and this machine's own address may be none.
      await page.goto(secureUrl().replace(/\/\/[^:]+/, '//localhost'));
      await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused();
      expect(page.url()).toMatch(/^https:.*\/join$/);
      await page.getByLabel('Your name').fill(`Ann ${viewport.width}`);
      await page.getByLabel('Colour 3').check();
      await page.getByRole('button', { name: 'Next' }).tap();
      await expect(page.getByRole('heading', { name: /^Ready, Ann/ })).toBeFocused();
      await page.getByRole('button', { name: 'Start' }).tap();
      await expectStored(page);
      await expect(page.getByTestId('sensor-position')).toContainText('±5 m');
      await page.context().close();
    }
  } finally {
    await trusted.close();
  }
});

test('every step of the guide is usable at both sizes, light and dark', async () => {
  test.setTimeout(120_000);
  for (const viewport of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage({ viewport, colorScheme, userAgent: IPHONE });
      await page.goto(hub.ready.join);
      await expect(page.getByLabel('iPhone')).toBeChecked();
      await expectUsable(page, 'hello');
      await page.getByRole('button', { name: 'Begin' }).tap();
      await expect(page.getByRole('link', { name: 'Get the certificate' })).toHaveAttribute('href', '/ca.mobileconfig');
      await expectUsable(page, 'get');
      await page.getByRole('button', { name: 'I have it' }).tap();
      await expect(page.getByText('Profile Downloaded')).toBeVisible();
      await expectUsable(page, 'install');
      await page.getByRole('button', { name: 'I installed it' }).tap();
      await expect(page.getByText('Certificate Trust Settings')).toBeVisible();
      await page.getByText('Compare the fingerprint').tap();
      await expect(page.locator('code')).toHaveText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      await expectUsable(page, 'switch on');
      await page.getByRole('button', { name: 'Continue without' }).tap();
      await expectUsable(page, 'without');
      await page.context().close();
    }
  }
});

test('clicked through: every step and the streaming page are usable, and the phone streams', async () => {
  test.setTimeout(120_000);
  for (const viewport of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage({ viewport, colorScheme, ignoreHTTPSErrors: true });
      await page.goto(secureUrl());
      await page.getByLabel('Your name').fill(`Ann ${viewport.width} ${colorScheme}`);
      await expectUsable(page, 'you');
      await page.getByRole('button', { name: 'Next' }).tap();
      await expectUsable(page, 'consent');
      await page.getByRole('button', { name: 'Start' }).tap();
      await expectStored(page);
      await page.getByText('More', { exact: true }).tap();
      await expectUsable(page, 'streaming');
      await page.getByRole('button', { name: 'Menu' }).tap();
      await expectUsable(page, 'menu');
      await page.getByRole('button', { name: /^Phone check/ }).tap();
      await expect(page.getByTestId('rung-frame')).toHaveAttribute('data-state', 'ok');
      await expect(page.getByTestId('rung-socket')).toHaveAttribute('data-state', 'ok');
      await expectUsable(page, 'doctor');
      await page.context().close();
    }
  }
});

test('the plain page goes on by itself as soon as the secure one opens, with the key', async () => {
  const page = await openPage({ ignoreHTTPSErrors: true });
  await page.goto(hub.ready.join);
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused();
  expect(page.url()).toMatch(/^https:.*\/join$/);
  await start(page);
  await expectStored(page);
});

test('the doctor sends a test photo and sees it stored', async () => {
  const page = await openPage({ ignoreHTTPSErrors: true });
  await page.goto(secureUrl());
  await start(page);
  await expectStored(page);
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('button', { name: /^Phone check/ }).tap();
  for (const rung of ['reach', 'tls', 'position', 'microphone', 'fix', 'clock', 'socket', 'frame']) {
    await expect(page.getByTestId(`rung-${rung}`), rung).toHaveAttribute('data-state', 'ok');
  }
  await page.getByRole('button', { name: 'Send a test photo' }).tap();
  await expect(page.getByTestId('rung-photo')).toHaveAttribute('data-state', 'ok');
});

test('refused permissions are told with what to press, and the rest is sent', async () => {
  const page = await openPage({ ignoreHTTPSErrors: true, permissions: [] });
  await page.goto(secureUrl());
  await start(page);
  await expect(page.getByTestId('sensor-position')).toHaveAttribute('data-state', 'refused');
  await expect(page.getByText('Allow location for this page in the browser')).toBeVisible();
  await page.getByRole('button', { name: 'I’m OK' }).tap();
  await expect(page.getByTestId('word-state')).toContainText('the laptop has it');
});

test('SOS is sent by holding, stored, and ended by holding; a tap asks first', async () => {
  const page = await openPage({ ignoreHTTPSErrors: true });
  await page.goto(secureUrl());
  await start(page);
  await expectStored(page);
  const button = page.locator('.hold');
  const hold = async (ms: number): Promise<void> => {
    await button.hover();
    await page.mouse.down();
    await expect(button).toHaveAttribute('data-holding', 'true');
    // After Stop the button goes with the call that it ended.
    if (ms > 0) await expect(page.locator('.hold[data-holding=true]')).toHaveCount(0, { timeout: ms });
    await page.mouse.up();
  };
  await button.tap();
  await expect(page.getByRole('dialog', { name: 'Send an SOS?' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).tap();
  await expect(page.getByTestId('sos')).toHaveCount(0);
  await hold(4_000);
  await expect(page.getByTestId('sos')).toHaveAttribute('data-state', 'stored');
  await expectUsable(page, 'sos');
  // Who stops while calling for help can still end the call.
  await page.getByRole('button', { name: 'Stop', exact: true }).tap();
  await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible();
  await expectUsable(page, 'stopped while calling');
  await hold(4_000);
  await expect(page.getByTestId('sos-over')).toContainText('The laptop knows');
});

test('lite: text, a typed place, the map and SOS go over the plain page, and it says what is missing', async () => {
  const page = await openPage({ permissions: [] });
  await page.goto(hub.ready.join);
  await page.getByRole('button', { name: 'Begin' }).tap();
  await page.getByRole('button', { name: 'Continue without' }).tap();
  await page.getByRole('button', { name: 'Only text, photos and SOS' }).tap();
  await start(page);
  await expect(page.getByTestId('lite')).toContainText('Missing: position by itself');
  await expectUsable(page, 'lite');
  await page.getByRole('button', { name: 'Text' }).tap();
  await page.getByLabel('Your text').fill('At the ford');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByTestId('word-state')).toContainText('The laptop has it');
  await page.getByRole('button', { name: 'Place' }).tap();
  await expect(page.locator('.leaflet-container')).toBeVisible();
  await page.getByRole('button', { name: 'Closer' }).tap();
  await expect(page.getByTestId('map-place')).toBeVisible();
  await expectUsable(page, 'place on the map');
  await page.getByRole('button', { name: 'Type the coordinates' }).tap();
  await page.getByLabel('Latitude').fill('47,61');
  await page.getByLabel('Longitude').fill('−121.94');
  await page.getByRole('button', { name: 'Send this place' }).tap();
  await expect(page.getByTestId('placed')).toContainText('47.61000, −121.94000');
  await expectStored(page);
  await page.getByRole('button', { name: 'Set up the secure page' }).tap();
  await expect(page.getByRole('heading', { name: 'Get the certificate' })).toBeVisible();
});

test('without a key a code is asked for; a wrong one is told so', async () => {
  const page = await openPage({ ignoreHTTPSErrors: true });
  await page.goto(`${hub.ready.https}/join`);
  await expectUsable(page, 'code');
  await page.getByLabel('Code').fill('zzzz-zzzz');
  await page.getByRole('button', { name: 'Use this code' }).tap();
  await expect(page.getByRole('alert')).toContainText('wrong or too old');
  await expectUsable(page, 'wrong code');
});

test('the language is the phone’s, can be changed, goes along to the secure page and is kept', async () => {
  const page = await openPage({ locale: 'de-DE' });
  await page.goto(plainUrl());
  await expect(page.getByRole('button', { name: 'Los geht’s' })).toBeVisible();
  await page.getByLabel('Sprache').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expectUsable(page, 'Arabic hello');
  await page.reload();
  await expect(page.getByRole('button', { name: 'ابدأ الإعداد' })).toBeVisible();

  const secure = await openPage({ locale: 'de-DE', ignoreHTTPSErrors: true, viewport: SIZES[1] });
  await secure.goto(`${secureUrl()}&l=ar`);
  await expect(secure.locator('html')).toHaveAttribute('dir', 'rtl');
  await secure.getByLabel('اسمك').fill('ليلى');
  await secure.getByRole('button', { name: 'التالي' }).tap();
  await secure.getByRole('button', { name: 'ابدأ' }).tap();
  await expectStored(secure);
  await expectUsable(secure, 'Arabic streaming');
});
