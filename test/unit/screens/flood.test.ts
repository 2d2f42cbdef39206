import { expect, onTestFinished, test, vi } from 'vitest';
import { ByteBudget } from '../../../src/main/screens/byte-budget';
import { jpegSize } from '../../../src/main/screens/jpeg-size';
import { MjpegParser } from '../../../src/main/screens/mjpeg-parser';
import { PicturePace } from '../../../src/main/screens/picture-pace';
import { RateWindow } from '../../../src/main/screens/rate-window';

/** The shortest that passes for a JPEG: 14 bytes. */
const SMALL = Buffer.from('ffd8ffc0000b080001000101ff00', 'hex');
const PART = Buffer.concat([Buffer.from('--cut\r\n\r\n'), SMALL, Buffer.from('\r\n')]);

/** Bytes that buffers moved or copied from one place to another. */
function countedMoves(): () => number {
  let bytes = 0;
  const { copy, copyWithin } = Buffer.prototype as {
    copy: (...args: readonly unknown[]) => number;
    copyWithin: (...args: readonly unknown[]) => Buffer;
  };
  const spies = [
    vi.spyOn(Buffer.prototype, 'copy').mockImplementation(function (this: Buffer, ...args) {
      const copied = copy.apply(this, args);
      bytes += copied;
      return copied;
    }),
    vi.spyOn(Buffer.prototype, 'copyWithin').mockImplementation(function (this: Buffer, ...args) {
      const [, from = 0, to = this.length] = args as unknown as readonly [number, number?, number?];
      bytes += to - from;
      return copyWithin.apply(this, args);
    }),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => bytes;
}

test('a flood of tiny pictures is parsed with as many bytes moved as came, not with their square', () => {
  const chunk = Buffer.concat(Array.from({ length: 2_600 }, () => PART));
  let pictures = 0;
  const parser = new MjpegParser('cut', 100_000, () => {
    pictures += 1;
  });
  const moved = countedMoves();
  let parts = 0;
  for (let n = 0; n < 10; n += 1) parts += parser.push(chunk);
  // The last waits for nothing: its end is the next one's boundary.
  expect(pictures).toBe(26_000 - 1);
  expect(parts).toBe(pictures);
  expect(moved()).toBeLessThan(2.5 * 10 * chunk.length);
});

test('a boundary without an end of its line is refused, not kept', () => {
  const parser = new MjpegParser('cut', 100_000, () => {});
  expect(() => {
    for (let n = 0; n < 100; n += 1) parser.push(Buffer.from(`--cut${'x'.repeat(1_000)}`));
  }).toThrow(/headers/);
});

test('30 pictures a second are looked at, the newest at the end, whatever comes', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const taken: number[] = [];
  const pace = new PicturePace((picture: number) => taken.push(picture));
  for (let n = 1; n <= 10_000; n += 1) {
    pace.offer(n);
    if (n % 10 === 0) vi.advanceTimersByTime(1);
  }
  expect(taken[0]).toBe(1);
  expect(taken.length).toBeLessThan(33);
  vi.advanceTimersByTime(50);
  expect(taken.at(-1)).toBe(10_000);
  pace.offer(1);
  pace.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('16 MiB at once, then only as fast as the seconds pass', () => {
  const budget = new ByteBudget(16);
  expect(budget.spend(16, 5_000)).toBe(0);
  expect(budget.spend(8, 5_000)).toBe(500);
  expect(budget.spend(0, 5_500)).toBe(0);
  expect(budget.spend(4, 5_500)).toBe(250);
  expect(budget.spend(16, 60_000)).toBe(0);
});

test('pictures and bytes a second, over the last 5 s', () => {
  const rate = new RateWindow();
  const startMs = 1_800_000_000_000;
  expect(rate.rate(startMs)).toEqual({ fps: 0, bytesPerS: 0 });
  for (let n = 0; n < 100; n += 1) rate.add(10, startMs + n * 50);
  expect(rate.rate(startMs + 4_999)).toEqual({ fps: 20, bytesPerS: 200 });
  expect(rate.rate(startMs + 7_499)).toEqual({ fps: 10, bytesPerS: 100 });
  expect(rate.rate(startMs + 60_000)).toEqual({ fps: 0, bytesPerS: 0 });
});

test('a JPEG of nothing but fill bytes is given up after a look', () => {
  const bytes = Buffer.alloc(8 * 1024 * 1024, 0xff);
  bytes[1] = 0xd8;
  const reads = vi.spyOn(Buffer.prototype, 'readUInt16BE');
  expect(jpegSize(bytes)).toBeNull();
  expect(reads.mock.calls.length).toBeLessThan(2_000);
  reads.mockRestore();
});
