// Every screen of the phone page, in one size, theme and language. What to press is found by place, not by words: these are in seven languages.

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36';

const LARGE = { width: 390, height: 844 };
const SMALL = { width: 320, height: 568 };

/** Name, size, theme, language. */
const LOOKS = [
  ['390-light', LARGE, 'light', 'en'],
  ['390-dark', LARGE, 'dark', 'en'],
  ['320-light', SMALL, 'light', 'en'],
  ['320-ar', SMALL, 'dark', 'ar'],
  ['320-de', SMALL, 'light', 'de-DE'],
  ['390-ar', LARGE, 'light', 'ar'],
  ['320-es', SMALL, 'light', 'es'],
  ['320-fr', SMALL, 'light', 'fr'],
  ['320-nl', SMALL, 'light', 'nl'],
  ['320-zh', SMALL, 'light', 'zh-CN'],
];

const settle = (page) => page.waitForTimeout(400);
const press = async (page, selector, nth = 0) => {
  await page.locator(selector).nth(nth).tap();
  await settle(page);
};

const openPhone = async (browser, [, viewport, colorScheme, locale], options) => {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale,
    isMobile: true,
    hasTouch: true,
    geolocation: { latitude: 47.6109, longitude: -121.9365, accuracy: 5 },
    permissions: ['geolocation', 'microphone', 'camera'],
    userAgent: ANDROID,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
};

const walkGuide = async (browser, ready, look, shoot) => {
  for (const [system, userAgent] of [
    ['ios', IPHONE],
    ['android', ANDROID],
  ]) {
    const page = await openPhone(browser, look, { userAgent });
    const take = (name) => shoot(page, `${system}-${name}`);
    await page.goto(ready.join);
    await page.locator('.button-main').waitFor();
    await settle(page);
    await take('1-hello');
    await press(page, '.button-main');
    await take('2-get');
    await press(page, '.button-quiet');
    await take('3-install');
    if (system === 'ios') {
      await press(page, '.button-main');
      await take('4-switch');
    }
    await press(page, '.button-plain');
    await take('5-without');
    if (system === 'ios') await walkLite(page, take);
    await page.context().close();
  }
};

const walkLite = async (page, take) => {
  await press(page, '.button-plain');
  await page.locator('#name').fill('Hana');
  await press(page, '.button-main');
  await take('6-lite-consent');
  await press(page, '.button-main');
  await page.getByTestId('lite').waitFor();
  await settle(page);
  await take('7-lite');
  await press(page, '.acts > *', 1);
  await page.waitForTimeout(1200);
  await take('8-place');
};

const walkStream = async (browser, ready, look, shoot, operator) => {
  const page = await openPhone(browser, look, { ignoreHTTPSErrors: true });
  const take = (name) => shoot(page, name);
  await page.goto(`${ready.https}/join`);
  await page.locator('input').first().waitFor();
  await take('code');
  await page.goto('about:blank');
  await page.goto(`${ready.https}/join${new URL(ready.join).hash}`);
  await page.locator('#name').fill(look[3] === 'ar' ? 'ليلى حداد' : 'Hana Sato');
  await settle(page);
  await take('you');
  await press(page, '.button-main');
  await take('consent');
  await press(page, '.button-main');
  await page.waitForFunction(() => document.querySelector('[data-testid=link]')?.dataset.state === 'connected');
  await page.waitForTimeout(2500);
  await take('streaming');
  await press(page, 'summary');
  await take('more');
  await press(page, 'summary');
  for (const [nth, name] of [
    [2, 'text'],
    [3, 'share'],
  ]) {
    await press(page, '.acts > *', nth);
    await take(name);
    await page.keyboard.press('Escape');
    await settle(page);
  }
  await press(page, '.icon-button');
  await take('menu');
  await press(page, '.menu-item', 1);
  await page.waitForTimeout(1500);
  await take('check');
  await page.keyboard.press('Escape');
  await press(page, '.icon-button');
  await press(page, '.menu-item', 2);
  await take('unsent');
  await page.keyboard.press('Escape');
  await press(page, '.icon-button');
  await press(page, '.menu-item', 0);
  await take('black');
  await page.keyboard.press('Enter');
  await settle(page);
  await operator.message();
  await page.getByTestId('notice').first().waitFor();
  await take('message');
  await press(page, '[data-testid=notice] button');
  await press(page, '.hold');
  await take('sos-ask');
  await press(page, '.button-danger');
  await page.waitForTimeout(800);
  await take('sos');
  await press(page, '.button-stop, .deck-row > *:last-child');
  await take('stop');
  await page.context().close();
};

const walkPending = async (browser, ready, look, shoot) => {
  const page = await openPhone(browser, look, { ignoreHTTPSErrors: true });
  await page.goto(`${ready.https}/join${new URL(ready.join).hash}`);
  await page.locator('#name').fill('Ivo');
  await press(page, '.button-main');
  await press(page, '.button-main');
  await page.getByTestId('pending').waitFor();
  await settle(page);
  await shoot(page, 'pending');
  await page.context().close();
};

/** The operator's side of what a phone shows. */
const openOperator = async (browser, ready) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(ready.console);
  await page.getByTestId('qr').waitFor();
  await page.keyboard.press('Escape');
  return {
    page,
    message: async () => {
      await page.getByRole('button', { name: 'Message to everybody' }).click();
      await page.getByRole('textbox', { name: 'Message' }).fill('Back to the cars at 15:00, please.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    },
    approveFirst: async () => {
      await page.getByRole('button', { name: 'Tools' }).click();
      await page.getByRole('menuitem', { name: 'Who gets in' }).click();
      await page.getByRole('switch', { name: 'Approve new phones first' }).click();
      await page.keyboard.press('Escape');
    },
  };
};

/** @param shooterOf gives, for a page and a prefix, what takes a picture under a name @param only the name of one look */
export const shootPhones = async (browser, ready, shooterOf, only) => {
  const operator = await openOperator(browser, ready);
  const looks = LOOKS.filter(([name]) => !only || name.startsWith(only));
  for (const look of looks) {
    const shoot = (page, name) => shooterOf(page, `phone-${look[0]}`)(name);
    await walkGuide(browser, ready, look, shoot);
    await walkStream(browser, ready, look, shoot, operator);
  }
  await operator.approveFirst();
  for (const look of looks) {
    await walkPending(browser, ready, look, (page, name) => shooterOf(page, `phone-${look[0]}`)(name));
  }
  await shooterOf(operator.page, 'room-1440-light')('waiting');
};
