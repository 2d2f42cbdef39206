import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HubClient } from '../../../../src/common/contract/client';
import type { MjpegSource } from '../../../../src/common/model/mjpeg-source';
import type { Recording } from '../../../../src/common/model/recording';
import { demandOf } from '../../../../src/renderer/control-room/features/wall/demand';
import { PulledShare } from '../../../../src/renderer/control-room/features/wall/mjpeg/pulled-share';
import { healthWords, nameOf, qualityWords } from '../../../../src/renderer/control-room/features/wall/share-words';
import { shownShares } from '../../../../src/renderer/control-room/features/wall/shown-shares';
import { layOutWall, usualAspect } from '../../../../src/renderer/control-room/features/wall/wall-layout';
import { useWallStore } from '../../../../src/renderer/control-room/features/wall/wall-store';
import { isRecordedElsewhere, useRecordingStore } from '../../../../src/renderer/control-room/stores/recording-store';
import type { ShareView } from '../../../../src/renderer/control-room/stores/share-store';

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
    [{ health: 'live', path: 'direct', lastFrameAtMs: 99_000 }, 'live 40 s'],
    [{ health: 'live', path: 'direct', lastFrameAtMs: 99_000, beganAtMs: -620_000 }, 'live 12 min'],
    [{ health: 'live', path: 'snapshots', lastFrameAtMs: 99_000 }, 'snapshots 40 s'],
    [{ health: 'frozen', path: null, lastFrameAtMs: 88_000 }, 'frozen 12 s'],
    [{ health: 'frozen', path: null, lastFrameAtMs: null }, 'no picture'],
    [{ health: 'connecting', path: null, lastFrameAtMs: null }, 'connecting'],
    [{ health: 'paused', path: null, lastFrameAtMs: 88_000 }, 'paused'],
    [{ health: 'lost', path: null, lastFrameAtMs: 40_000 }, 'out of reach 1 min'],
    [{ health: 'live', path: 'snapshots', lastFrameAtMs: 99_000, source: 'mjpeg' }, 'live 40 s'],
    [{ health: 'locked', path: null, lastFrameAtMs: null, source: 'mjpeg' }, 'locked'],
  ] as const)('%j', (share, words) => {
    expect(healthWords({ source: 'webrtc', beganAtMs: 60_000, ...share }, 100_000)).toBe(words);
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

describe('a share that is hidden', () => {
  const share = (shareId: string): ShareView => ({ shareId }) as ShareView;
  const shares = new Map(['a', 'b', 'c'].map((id) => [id, share(id)]));
  const shown = (): string[] => shownShares(shares, useWallStore.getState().hidden).map(({ shareId }) => shareId);

  it('has no tile, is not large, and comes back with all or when it is asked for', () => {
    const { focus, hide, unhide } = useWallStore.getState();
    focus('a');
    hide('a');
    hide('b');
    expect([shown(), useWallStore.getState().focusedId]).toEqual([['c'], null]);
    focus('b');
    expect([shown(), useWallStore.getState().focusedId]).toEqual([['b', 'c'], 'b']);
    unhide();
    expect(shown()).toEqual(['a', 'b', 'c']);
    focus(null);
  });
});

describe('a screen that the hub pulls', () => {
  const source: MjpegSource = {
    sourceId: 's',
    deviceId: null,
    address: '192.168.1.31:8080',
    state: 'live',
    reason: null,
    width: 360,
    height: 640,
    fps: 5,
    bytesPerS: 100,
    lastFrameAtMs: 0,
  };

  it('stays red while its picture is old, whatever the hub does about it', async () => {
    const seen: string[] = [];
    const share = new PulledShare(source, ({ health }) => seen.push(health));
    const frames = [{ number: 1, jpeg: btoa('picture'), atMs: 0 }];
    const request = vi.fn(() => {
      const frame = frames.shift();
      return frame ? Promise.resolve({ frame }) : new Promise(() => undefined);
    });
    share.want(60);
    share.follow({ ...source, state: 'unreachable' });
    expect(seen.at(-1)).toBe('lost');
    share.follow(source);
    share.attach({ request } as unknown as HubClient);
    await vi.waitFor(() => expect(request).toHaveBeenCalledTimes(2));
    for (const state of ['stalled', 'unreachable', 'connecting', 'unreachable'] as const) {
      share.follow({ ...source, state });
      expect(seen.at(-1)).toBe('frozen');
    }
    share.follow(source);
    expect(seen.at(-1)).toBe('live');
    share.close();
  });
});

describe('what another control room records', () => {
  const recording = (recordingId: string, change: object): Recording =>
    ({ recordingId, sessionId: 's', deviceId: null, source: 'webrtc', state: 'recording', ...change }) as Recording;
  const isElsewhere = (shareId: string): boolean => isRecordedElsewhere(useRecordingStore.getState(), shareId);

  it('is known by its share until it ends, and what is recorded here is not among it', () => {
    const { follow, noteBegun, setRunning } = useRecordingStore.getState();
    setRunning([recording('r0', { deviceId: 'd0' }), recording('r1', { deviceId: 'd1', state: 'ready' })]);
    expect(['phone:d0', 'phone:d1', 'whip:d0'].map(isElsewhere)).toEqual([true, false, false]);
    follow({ recording: recording('r2', { shareId: 'peer' }), isGone: false });
    follow({ recording: recording('r3', { deviceId: 'd3' }), isGone: false });
    noteBegun('r3');
    expect([isElsewhere('peer'), isElsewhere('phone:d3')]).toEqual([true, false]);
    follow({ recording: recording('r2', { shareId: 'peer', state: 'finishing' }), isGone: false });
    expect(isElsewhere('peer')).toBe(false);
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
