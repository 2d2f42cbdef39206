import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from '@playwright/test';
import { findChromium, isChromiumSandboxed } from './find-chromium';

/** A Chromium with a made-up camera and microphone that may be used without asking. */
export function launchPhoneBrowser(args: readonly string[] = []): Promise<Browser> {
  return launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', ...args]);
}

/** A Chromium for the control room: its addresses are no secret, as in the desktop app. */
export const launchRoomBrowser = (): Promise<Browser> => launch(['--disable-features=WebRtcHideLocalIpsWithMdns']);

function launch(args: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking', ...args],
  });
}

/** A context as a phone of a carrier has it. */
export function phoneContext(
  browser: Browser,
  permissions: readonly string[] = ['geolocation'],
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    ignoreHTTPSErrors: true,
    geolocation: { latitude: 47.6, longitude: -122.33, accuracy: 5 },
    permissions: [...permissions],
    ...options,
  });
}

/** From now on the page's screen is a canvas in this colour, on which a white bar moves. */
export async function drawScreen(page: Page, colour: string): Promise<void> {
  await page.addInitScript((fill) => {
    const capture = (): Promise<MediaStream> => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 720, height: 1280 });
      const context = canvas.getContext('2d');
      let at = 0;
      setInterval(() => {
        if (!context) return;
        context.fillStyle = fill;
        context.fillRect(0, 0, 720, 1280);
        context.fillStyle = 'white';
        at = (at + 37) % 1280;
        context.fillRect(0, at, 720, 90);
      }, 60);
      return Promise.resolve(canvas.captureStream(15));
    };
    Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', { value: capture, configurable: true });
  }, colour);
}

/** From now on the page's connections can be reached as `perchConnections`. */
export async function exposeConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const all: RTCPeerConnection[] = [];
    const Native = window.RTCPeerConnection;
    Object.assign(window, {
      perchConnections: all,
      RTCPeerConnection: class extends Native {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          all.push(this);
        }
      },
    });
  });
}

/** A picture made small: the mean colour, 0 to 255 each, and a number that differs when anything moves. */
export interface Look {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly print: number;
}

/** What a video or picture of the page shows right now; null while it shows nothing. */
export function lookAt(element: Locator): Promise<Look | null> {
  return element.evaluate((shown: HTMLVideoElement | HTMLImageElement) => {
    const width = shown instanceof HTMLVideoElement ? shown.videoWidth : shown.naturalWidth;
    if (width === 0) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    context.drawImage(shown, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32);
    const sum = [0, 0, 0];
    let print = 0;
    for (let at = 0; at < data.length; at += 4) {
      for (let channel = 0; channel < 3; channel += 1) {
        const value = data[at + channel] ?? 0;
        sum[channel] = (sum[channel] ?? 0) + value;
        print = (print * 31 + (value >> 4)) % 1_000_003;
      }
    }
    const [red = 0, green = 0, blue = 0] = sum.map((total) => total / (32 * 32));
    return { red, green, blue, print };
  });
}
