// The one Chromium behind all windows of the app.
import { join } from 'node:path';
import { findChromium, isChromiumSandboxed } from '../helpers/find-chromium.ts';
import { type CdpSession, type Chromium, launchChromium } from './cdp.ts';
import { appendedSwitches, hasSwitch, isUnderPlaywright, userDataDir } from './environment.ts';

let started: Promise<Chromium> | null = null;
let creating = 0;
let allowedPopups = 0;
const pages = new Map<string, () => void>();

/** Starts Chromium once. The app may append switches until its first window. */
export function startChromium(): Promise<Chromium> {
  started ??= launch();
  return started;
}

export async function closeChromium(): Promise<void> {
  await (await started)?.close();
}

/** Opens a page; `onGone` is called once when it is closed by anyone. */
export async function createPage(
  size: { readonly width: number; readonly height: number },
  onGone: () => void,
): Promise<{ targetId: string; cdp: CdpSession }> {
  const chromium = await startChromium();
  creating++;
  try {
    const { targetId } = await chromium.root.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    });
    pages.set(targetId, onGone);
    return { targetId, cdp: await chromium.attach(targetId) };
  } finally {
    creating--;
  }
}

export async function closePage(targetId: string): Promise<void> {
  await (await startChromium()).root.send('Target.closeTarget', { targetId });
}

/** The app lets the popup that is about to open stay: a bare page, no BrowserWindow. */
export function allowPopup(): void {
  allowedPopups++;
}

/** Sets the size of the page itself, without the window's frame. */
export async function resizePage(targetId: string, width: number, height: number): Promise<void> {
  const { root } = await startChromium();
  const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
  await root.send('Browser.setContentsSize', { windowId, width, height });
}

async function launch(): Promise<Chromium> {
  const chromium = await launchChromium(findChromium(), chromiumArguments(), isUnderPlaywright);
  await chromium.root.send('Target.setDiscoverTargets', { discover: true });
  chromium.root.on('Target.targetDestroyed', ({ targetId }) => gone(targetId));
  chromium.root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || creating > 0 || pages.has(targetInfo.targetId)) return;
    // A window that is not ours is a popup.
    if (allowedPopups > 0) allowedPopups--;
    else void chromium.root.send('Target.closeTarget', { targetId: targetInfo.targetId });
  });
  chromium.onExit(() => {
    for (const targetId of [...pages.keys()]) gone(targetId);
  });
  if (isUnderPlaywright) process.stderr.write(`DevTools listening on ${chromium.url}\n`);
  return chromium;
}

function gone(targetId: string): void {
  const onGone = pages.get(targetId);
  pages.delete(targetId);
  onGone?.();
}

function chromiumArguments(): string[] {
  const isHeadless = process.env.STAND_IN_HEADED !== '1';
  const disabled = '--disable-features=';
  // Chromium heeds only the last of several --disable-features.
  const disabledFeatures = [
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    ...appendedSwitches.filter((each) => each.startsWith(disabled)).map((each) => each.slice(disabled.length)),
  ];
  return [
    `--user-data-dir=${join(userDataDir(), 'stand-in-profile')}`,
    '--no-startup-window',
    ...(isChromiumSandboxed && !hasSwitch('no-sandbox') ? [] : ['--no-sandbox']),
    ...(isHeadless ? ['--headless', '--hide-scrollbars', '--mute-audio'] : []),
    '--autoplay-policy=no-user-gesture-required',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    '--password-store=basic',
    '--disable-popup-blocking',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `${disabled}${disabledFeatures.join(',')}`,
    ...appendedSwitches.filter((each) => !each.startsWith(disabled)),
  ];
}
