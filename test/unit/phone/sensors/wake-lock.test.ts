import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SensorState } from '../../../../src/renderer/phone/sensors/sensor-state';
import { holdWakeLock } from '../../../../src/renderer/phone/sensors/wake-lock';

/** W3C Screen Wake Lock, as far as the page uses it: Node has none, and no headless browser gives one. */
class Lock extends EventTarget {
  isHeld = true;
  release(): Promise<void> {
    this.isHeld = false;
    this.dispatchEvent(new Event('release'));
    return Promise.resolve();
  }
}

let locks: Lock[];
let states: SensorState['kind'][];
let isGiven: boolean;
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
}
let page: Page;

const see = (visibilityState: DocumentVisibilityState): void => {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  locks = [];
  states = [];
  isGiven = true;
  page = new Page();
  vi.stubGlobal('document', page);
  const request = (): Promise<Lock> => {
    if (!isGiven) return Promise.reject(new DOMException('low battery', 'NotAllowedError'));
    const lock = new Lock();
    locks.push(lock);
    return Promise.resolve(lock);
  };
  vi.stubGlobal('navigator', { wakeLock: { request } });
});

afterEach(() => vi.unstubAllGlobals());

const hold = () => holdWakeLock(({ kind }) => states.push(kind));

it('keeps the screen on, asks again each time the page is seen, and lets go at the end', async () => {
  const stop = hold();
  await vi.waitFor(() => expect(states).toEqual(['on']));
  // The browser takes it away from a hidden page.
  see('hidden');
  await locks[0]?.release();
  expect(states).toEqual(['on', 'waiting']);
  expect(locks).toHaveLength(1);
  see('visible');
  await vi.waitFor(() => expect(states).toEqual(['on', 'waiting', 'on']));
  stop();
  expect(locks[1]?.isHeld).toBe(false);
  see('visible');
  expect(locks).toHaveLength(2);
  expect(states).toHaveLength(3);
});

it('says to keep it on by hand where it is refused, and lets go of one that comes after the end', async () => {
  isGiven = false;
  const stop = hold();
  await vi.waitFor(() => expect(states).toEqual(['missing']));
  isGiven = true;
  see('visible');
  stop();
  await vi.waitFor(() => expect(locks[0]?.isHeld).toBe(false));
  expect(states).toEqual(['missing']);
});

it('says to keep it on by hand where there is none', () => {
  vi.stubGlobal('navigator', {});
  hold();
  expect(states).toEqual(['missing']);
});
