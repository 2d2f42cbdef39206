import { describe, expect, it } from 'vitest';
import { toLiveWord } from '../../../../src/renderer/phone/share/live-words';
import { Recovery } from '../../../../src/renderer/phone/share/recovery';
import { largestWish, toSendLimits } from '../../../../src/renderer/phone/share/send-limits';

describe('what is sent to a viewer', () => {
  const video = { mode: 'video' } as const;
  it.each([
    [
      'a tile of a phone held upright',
      { height: 360, fps: 5, ...video },
      720,
      1280,
      { scaleResolutionDownBy: 3.56, maxFramerate: 5 },
    ],
    [
      'the focused one',
      { height: 1080, fps: 30, ...video },
      720,
      1280,
      { scaleResolutionDownBy: 1.19, maxFramerate: 30 },
    ],
    ['never larger than it is', { height: 1080, fps: 30, ...video }, 640, 360, { scaleResolutionDownBy: 1 }],
    ['no size known yet', { height: 360, fps: 5, ...video }, 0, 0, { scaleResolutionDownBy: 1, active: true }],
    ['a hidden tile', { height: 0, fps: 0, ...video }, 720, 1280, { active: false }],
    ['beside snapshots', { height: 360, fps: 5, mode: 'snapshots' as const }, 720, 1280, { active: true }],
  ])('%s', (_name, wish, width, height, limits) => {
    expect(toSendLimits(wish, 'screen', width, height)).toMatchObject(limits);
  });

  it('has a bitrate between what letters need and what a radio gives', () => {
    const full = toSendLimits({ height: 2160, fps: 60, ...video }, 'screen', 3840, 2160);
    const tiny = toSendLimits({ height: 90, fps: 1, ...video }, 'camera', 160, 90);
    expect([tiny.maxBitrate, full.maxBitrate]).toEqual([120_000, 2_500_000]);
  });

  it('is captured as large as the largest wish', () => {
    const wishes = [
      { height: 360, fps: 30, ...video },
      { height: 1080, fps: 5, ...video },
    ];
    expect(largestWish(wishes)).toEqual({ height: 1080, fps: 30 });
    expect(largestWish([])).toEqual({ height: 0, fps: 0 });
  });
});

describe('a connection that is in trouble', () => {
  it('looks for another way at once when it failed, and begins anew when that did not help twice', () => {
    const recovery = new Recovery(0);
    expect(recovery.changed('failed', 1_000)).toBe('restart');
    expect(recovery.changed('failed', 2_000)).toBe('restart');
    expect(recovery.changed('failed', 3_000)).toBe('renew');
  });

  it('is given four seconds to come back by itself', () => {
    const recovery = new Recovery(0);
    expect(recovery.changed('connected', 500)).toBe('none');
    expect(recovery.changed('disconnected', 10_000)).toBe('none');
    expect(recovery.ticked(13_900)).toBe('none');
    expect(recovery.ticked(14_000)).toBe('restart');
    expect(recovery.ticked(14_100)).toBe('none');
  });

  it('counts from nothing again once it is up', () => {
    const recovery = new Recovery(0);
    recovery.changed('failed', 1_000);
    recovery.changed('failed', 2_000);
    recovery.changed('connected', 3_000);
    expect(recovery.ticked(60_000)).toBe('none');
    expect(recovery.changed('failed', 61_000)).toBe('restart');
  });

  it('is helped when it never comes up', () => {
    const recovery = new Recovery(0);
    recovery.changed('connecting', 100);
    expect([9_000, 10_000, 20_000, 30_000].map((atMs) => recovery.ticked(atMs))).toEqual([
      'none',
      'restart',
      'restart',
      'renew',
    ]);
  });
});

it.each([
  ['screen', 'connecting', 0, 'screenWaiting'],
  ['camera', 'online', 0, 'cameraAlone'],
  ['camera', 'online', 2, 'cameraWatched'],
  ['camera', 'blocked', 0, 'blocked'],
] as const)('tells the carrier of a %s that is %s, %i watchers: %s', (what, link, watchers, word) => {
  expect(toLiveWord(what, link, watchers)).toBe(word);
});
