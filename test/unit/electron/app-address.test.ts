import { expect, test } from 'vitest';
import { isOwnUrl, isProjectorUrl, isRoomUrl, ROOM_URL } from '../../../src/main/electron/app-address';

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

test.each([
  [`${ROOM_URL}#projector`, true],
  [ROOM_URL, false],
  [`${ROOM_URL}#projector2`, false],
  ['app://perch/assets/x#projector', false],
  ['app://evil/room#projector', false],
  ['https://perch/room#projector', false],
  ['', false],
])('%s as a projector', (url, isProjector) => {
  expect(isProjectorUrl(url)).toBe(isProjector);
});
