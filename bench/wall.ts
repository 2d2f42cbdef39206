// `npm run bench:wall`: what a wall of shared screens costs the control room: shares as tiles of 360 lines, one of them
// large at 720, on one machine with the browser that makes them. Long tasks and dropped frames are those of the control
// room's page; the sharers are another browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { printTable } from './table.ts';
import { runSharers } from './wall-sharers.ts';

const { values } = parseArgs({
  options: {
    shares: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '20' },
    chromium: { type: 'string', default: process.env.PERCH_CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const shares = Number(values.shares);
const seconds = Number(values.seconds);

interface Ready {
  readonly http: string;
  readonly console: string;
  readonly joinKey: string;
}

/** What the page counted while it was measured. */
interface Counts {
  readonly seconds: number;
  readonly longTasksMs: readonly number[];
  readonly videos: readonly { readonly height: number; readonly frames: number; readonly dropped: number }[];
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: values.chromium,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-features=WebRtcHideLocalIpsWithMdns', '--disable-background-networking'],
  });

async function openRoom(browser: Browser, ready: Ready): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(ready.console);
  await page.getByTestId('qr').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('qr').waitFor({ state: 'hidden' });
  await page.getByText('Screens').click();
  return page;
}

const measure = (page: Page): Promise<Counts> =>
  page.evaluate(async (forMs) => {
    const longTasksMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasksMs.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const all = [...document.querySelectorAll('video')];
    const before = all.map((video) => video.getVideoPlaybackQuality());
    const fromMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    const tookS = (performance.now() - fromMs) / 1000;
    observer.disconnect();
    const videos = all.map((video, index) => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
      const { totalVideoFrames: frames = 0, droppedVideoFrames: dropped = 0 } = before[index] ?? {};
      return { height: video.videoHeight, frames: totalVideoFrames - frames, dropped: droppedVideoFrames - dropped };
    });
    return { seconds: tookS, longTasksMs, videos };
  }, seconds * 1000);

function print(label: string, { seconds: tookS, longTasksMs, videos }: Counts): void {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  printTable(
    label,
    ['pictures', 'videos', 'frames/s each', 'dropped'],
    [...new Set(videos.map(({ height }) => height))].map((height) => {
      const these = videos.filter((video) => video.height === height);
      const frames = sum(these.map((video) => video.frames));
      const dropped = sum(these.map((video) => video.dropped));
      return [
        `${height} lines`,
        String(these.length),
        (frames / tookS / these.length).toFixed(1),
        `${((100 * dropped) / Math.max(1, frames)).toFixed(1)} %`,
      ];
    }),
  );
  const longest = Math.max(0, ...longTasksMs);
  console.log(
    `Long tasks (over 50 ms): ${longTasksMs.length} in ${tookS.toFixed(0)} s, ${Math.round(sum(longTasksMs))} ms in all, the longest ${Math.round(longest)} ms.`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'perch-wall-'));
const headless = join(import.meta.dirname, '../out/main/headless.js');
const args = ['hub', '--data', folder, '--json', '--port', '0', '--tls-port', '0'];
const hub = spawn(process.execPath, [headless, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = (await once(createInterface({ input: hub.stdout }), 'line')) as [string];
const ready = JSON.parse(line) as Ready;
const [sharers, rooms] = await Promise.all([launch(), launch()]);
try {
  console.log(
    `${new Date().toISOString()}  ${cpus().length} x ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const room = await openRoom(rooms, ready);
  const page = await sharers.newPage();
  await page.goto(`${ready.http}/test-signaling.html`);
  await page.evaluate(runSharers, {
    url: `${ready.http.replace('http', 'ws')}/signaling?key=${ready.joinKey}`,
    count: shares,
  });
  await room
    .locator('[data-testid=tile][data-health=live]')
    .nth(shares - 1)
    .waitFor();
  print(`${shares} shares as tiles`, await measure(room));
  await room.keyboard.press('1');
  await room.waitForFunction(() =>
    [...document.querySelectorAll('video')].some(({ videoHeight }) => videoHeight >= 720),
  );
  print(`${shares} shares, one of them large`, await measure(room));
} finally {
  await Promise.all([sharers.close(), rooms.close()]);
  hub.kill('SIGTERM');
  await once(hub, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
