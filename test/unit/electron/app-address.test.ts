import { expect, test } from 'vitest';
import { isOwnUrl, isRoomUrl, ROOM_URL } from '../../../src/main/electron/app-address';

test.each([
  [ROOM_URL, true, true],
  [`${ROOM_URL}#x`, true, true],
  ['app://perch/assets/a.js', true, false],
  ['app://perch', true, false],
  ['app://perch.evil/room', false, false],
  ['app://perch@evil/room', false, false],
  ['https://perch/room', false, false],
  ['file:///room', false, false],
  ['', false, false],
])('%s', (url, isOwn, isRoom) => {
  expect(isOwnUrl(url)).toBe(isOwn);
  expect(isRoomUrl(url)).toBe(isRoom);
});
