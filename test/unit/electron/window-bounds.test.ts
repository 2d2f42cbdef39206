import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBounds, saveBounds } from '../../../src/main/electron/window-bounds';

const file = join(mkdtempSync(join(tmpdir(), 'perch-bounds-')), 'window.json');
const screen = { x: 0, y: 25, width: 1920, height: 1055 };
const bounds = { x: 100, y: 50, width: 1200, height: 800, isMaximized: true };

test('what was saved is loaded', () => {
  saveBounds(file, bounds);
  expect(loadBounds(file, [screen])).toEqual(bounds);
});

test('nothing saved yet', () => {
  expect(loadBounds(`${file}.none`, [screen])).toBeNull();
});

test.each([
  ['a display that is gone', { ...bounds, x: 2500 }],
  ['almost outside', { ...bounds, x: 1900 }],
  ['a title bar above the screen', { ...bounds, y: -10 }],
  ['smaller than the window may be', { ...bounds, width: 10 }],
  ['a field missing', { x: 1, y: 30 }],
])('%s is forgotten', (_name, value) => {
  writeFileSync(file, JSON.stringify(value));
  expect(loadBounds(file, [screen])).toBeNull();
});

test('a broken file is forgotten', () => {
  writeFileSync(file, '{"x":');
  expect(loadBounds(file, [screen])).toBeNull();
});
