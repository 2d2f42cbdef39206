import { afterEach, describe, expect, it } from 'vitest';
import { demandOf } from '../../../../src/renderer/control-room/features/wall/demand';
import { healthWords, nameOf, qualityWords } from '../../../../src/renderer/control-room/features/wall/share-words';
import { layOutWall, usualAspect } from '../../../../src/renderer/control-room/features/wall/wall-layout';
import { useWallStore } from '../../../../src/renderer/control-room/features/wall/wall-store';

describe('the wall', () => {
  it.each([
    [1, 16 / 9, 1],
    [2, 16 / 9, 1],
    [3, 16 / 9, 2],
    [4, 16 / 9, 2],
    [6, 16 / 9, 2],
    [12, 16 / 9, 4],
    [1, 0.56, 1],
    [3, 0.56, 3],
    [6, 0.56, 3],
    [12, 0.56, 6],
  ])('%d pictures of %d on 1068 x 780 in %d columns', (count, aspect, columns) => {
    expect(layOutWall(count, 1068, 780, aspect)).toMatchObject({ columns, isScrolling: false });
  });

  it('never lays out a tile that does not fit, and scrolls beyond twelve', () => {
    for (let count = 1; count <= 40; count += 1) {
      const { columns, tileWidth, tileHeight, isScrolling } = layOutWall(count, 1068, 780, 1);
      const rows = Math.ceil(Math.min(count, 12) / columns);
      expect(columns * tileWidth + (columns - 1) * 8).toBeLessThanOrEqual(1068);
      expect(rows * tileHeight + (rows - 1) * 8).toBeLessThanOrEqual(780);
      expect(isScrolling).toBe(count > 12);
    }
  });

  it('stands a size of nothing', () => {
    expect(layOutWall(5, 0, 0, 1).columns).toBeGreaterThanOrEqual(1);
  });

  it('goes by the usual picture', () => {
    expect(usualAspect([])).toBeCloseTo(16 / 9);
    expect(usualAspect([{ width: 0, height: 0 }])).toBeCloseTo(16 / 9);
    expect(usualAspect([720, 720, 1920].map((width) => ({ width, height: 1280 })))).toBeCloseTo(0.5625);
    expect(usualAspect([{ width: 100, height: 4000 }])).toBe(0.5);
  });

  it('asks for what a tile shows', () => {
    expect(demandOf(200, false)).toEqual({ height: 360, fps: 5 });
    expect(demandOf(800, false)).toEqual({ height: 720, fps: 10 });
    expect(demandOf(200, true)).toEqual({ height: 1080, fps: 30 });
  });
});

describe('what a tile says', () => {
  it.each([
    [{ health: 'live', path: 'direct', lastFrameAtMs: 99_000 }, 'live'],
    [{ health: 'live', path: 'snapshots', lastFrameAtMs: 99_000 }, 'snapshots'],
    [{ health: 'frozen', path: null, lastFrameAtMs: 88_000 }, 'frozen 12 s'],
    [{ health: 'frozen', path: null, lastFrameAtMs: null }, 'no picture'],
    [{ health: 'connecting', path: null, lastFrameAtMs: null }, 'connecting'],
    [{ health: 'paused', path: null, lastFrameAtMs: 88_000 }, 'paused'],
    [{ health: 'lost', path: null, lastFrameAtMs: 40_000 }, 'out of reach 1 min'],
    [{ health: 'live', path: 'snapshots', lastFrameAtMs: 99_000, source: 'mjpeg' }, 'live'],
    [{ health: 'locked', path: null, lastFrameAtMs: null, source: 'mjpeg' }, 'locked'],
  ] as const)('%j', (share, words) => {
    expect(healthWords({ source: 'webrtc', ...share }, 100_000)).toBe(words);
  });

  it('its figures', () => {
    const quality = { width: 360, height: 640, framesPerS: 4.9, kilobitsPerS: 240, roundTripMs: 8, freezes: 1 };
    expect(qualityWords(quality)).toEqual(['360×640', '5 fps', '240 kbit/s', '8 ms', '1 freeze']);
    expect(qualityWords({ ...quality, kilobitsPerS: 2_345, roundTripMs: null, freezes: 0 })).toEqual([
      '360×640',
      '5 fps',
      '2.3 Mbit/s',
    ]);
  });

  it('who it is', () => {
    expect(nameOf({ peerName: 'Ann', source: 'webrtc', shareId: 'x' })).toBe('Ann');
    expect(nameOf({ peerName: null, source: 'webrtc', shareId: 'peer-a1b2' })).toBe('Web page a1b2');
    expect(nameOf({ peerName: null, source: 'whip', shareId: 'peer-a1b2' })).toBe('WHIP sender a1b2');
  });
});

describe('turning and filling', () => {
  afterEach(() => {
    useWallStore.setState({ turns: new Map(), filled: new Set() });
  });

  it('goes round in quarters, each share by itself', () => {
    const { rotate } = useWallStore.getState();
    rotate('a');
    for (let times = 0; times < 4; times += 1) rotate('b');
    expect([...useWallStore.getState().turns]).toEqual([
      ['a', 90],
      ['b', 0],
    ]);
  });

  it('is undone by the same button', () => {
    const { toggleFill } = useWallStore.getState();
    toggleFill('a');
    expect(useWallStore.getState().filled.has('a')).toBe(true);
    toggleFill('a');
    expect(useWallStore.getState().filled.size).toBe(0);
  });
});
