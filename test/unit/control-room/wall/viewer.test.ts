import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  isAt,
  withAddress,
  withAddresses,
  withoutAddresses,
} from '../../../../src/renderer/control-room/features/wall/viewer/candidate';
import { EarlyCandidates } from '../../../../src/renderer/control-room/features/wall/viewer/early-candidates';
import { diagnose, type Signs } from '../../../../src/renderer/control-room/features/wall/viewer/health';
import { PlainOffers } from '../../../../src/renderer/control-room/features/wall/viewer/plain-offers';
import { qualityBetween, toSample } from '../../../../src/renderer/control-room/features/wall/viewer/quality';
import { turnOf } from '../../../../src/renderer/control-room/features/wall/viewer/turn';

describe('a hidden address', () => {
  const hidden = 'candidate:1 1 udp 2113937151 4f-a.local 50123 typ host generation 0';
  const shown = 'candidate:1 1 udp 2113937151 192.168.1.7 50123 typ host generation 0';

  it.each([
    [hidden, '192.168.1.7', shown],
    [hidden, null, hidden],
    [hidden, '127.0.0.1', hidden],
    [shown, '10.0.0.1', shown],
    ['', '10.0.0.1', ''],
  ])('%s from %s', (candidate, address, expected) => {
    expect(withAddress({ candidate, sdpMid: '0' }, address)).toEqual({ candidate: expected, sdpMid: '0' });
  });

  it('is put into a description too', () => {
    const sdp = `v=0\r\na=${hidden}\r\na=end-of-candidates\r\n`;
    expect(withAddresses(sdp, '192.168.1.7')).toBe(`v=0\r\na=${shown}\r\na=end-of-candidates\r\n`);
  });
});

describe('an address that phones do not reach', () => {
  const docker = 'candidate:1 1 udp 2113937151 172.17.0.1 50123 typ host generation 0';
  const wifi = 'candidate:1 1 udp 2113937151 172.17.0.10 50123 typ host generation 0';

  it('is told by the whole address', () => {
    const told = [docker, wifi, '', 'candidate:1'].filter((candidate) => !isAt({ candidate }, ['172.17.0.1']));
    expect(told).toEqual([wifi, '', 'candidate:1']);
  });

  it.each([
    ['fd7a:115c:a1e0::1', 'fd7a:115c:a1e0::1'],
    ['fd7a:115c:a1e0:0:0:0:0:1', 'FD7A:115C:A1E0::1'],
    ['fe80::1', 'fe80::1%utun4'],
  ])('is told in every spelling of IPv6: %s', (of, address) => {
    const candidate = `candidate:1 1 udp 2113937151 ${of} 50123 typ host generation 0`;
    expect(isAt({ candidate }, [address])).toBe(true);
    expect(isAt({ candidate }, ['fd7a:115c:a1e0::2'])).toBe(false);
  });

  it('is left out of a description, and nothing else is', () => {
    const sdp = `v=0\r\nc=IN IP4 172.17.0.1\r\na=${docker}\r\na=${wifi}\r\na=mid:0\r\n`;
    expect(withoutAddresses(sdp, ['172.17.0.1'])).toBe(`v=0\r\nc=IN IP4 172.17.0.1\r\na=${wifi}\r\na=mid:0\r\n`);
    expect(withoutAddresses(sdp, [])).toBe(sdp);
  });
});

describe('quality', () => {
  const video = { type: 'inbound-rtp', kind: 'video', frameWidth: 360, frameHeight: 640, freezeCount: 2 };
  const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.0123 };

  it('is what came between two samples', () => {
    const before = toSample([{ ...video, framesDecoded: 100, bytesReceived: 50_000 }], 1_000);
    const now = toSample([pair, { ...video, framesDecoded: 110, bytesReceived: 100_000 }], 3_000);
    if (!before || !now) throw new Error('no sample');
    expect(qualityBetween(before, now)).toEqual({
      width: 360,
      height: 640,
      framesPerS: 5,
      kilobitsPerS: 200,
      roundTripMs: 12,
      freezes: 2,
    });
  });

  it('is unknown before there is video', () => {
    expect(toSample([pair, { type: 'inbound-rtp', kind: 'audio' }], 0)).toBeNull();
  });
});

describe('how a share is', () => {
  const signs: Signs = {
    nowMs: 100_000,
    isLost: false,
    isWatched: true,
    sinceMs: 50_000,
    videoAtMs: null,
    snapshotAtMs: null,
  };

  it.each([
    ['moves', { videoAtMs: 99_000 }, 'live', 'direct', false],
    ['stands still', { videoAtMs: 95_000 }, 'frozen', null, false],
    ['stands still for longer', { videoAtMs: 93_000 }, 'frozen', null, true],
    ['has just offered', { sinceMs: 99_000 }, 'connecting', null, false],
    ['gets no picture through', { sinceMs: 94_000 }, 'connecting', null, true],
    ['never got one through', { sinceMs: 80_000 }, 'frozen', null, true],
    ['comes as snapshots', { videoAtMs: 50_000, snapshotAtMs: 98_000 }, 'live', 'snapshots', true],
    ['comes as video again', { videoAtMs: 99_500, snapshotAtMs: 99_000 }, 'live', 'direct', false],
    ['is hidden', { isWatched: false, videoAtMs: 50_000 }, 'paused', null, false],
    ['was hidden until now', { sinceMs: 99_500, videoAtMs: 50_000 }, 'connecting', null, false],
    ['has lost its phone', { isLost: true, videoAtMs: 90_000 }, 'lost', null, false],
    ['moves on though the hub is gone', { isLost: true, videoAtMs: 99_000 }, 'live', 'direct', false],
  ] as const)('%s', (_name, change, health, path, needsSnapshots) => {
    expect(diagnose({ ...signs, ...change })).toEqual({ health, path, needsSnapshots });
  });
});

describe('an offer of a page to everybody', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is taken when nobody has answered within a second', () => {
    const offers = new PlainOffers();
    const taken: string[] = [];
    offers.offered('a', 0, () => taken.push('a'));
    vi.advanceTimersByTime(999);
    expect(taken).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(taken).toEqual(['a']);
  });

  it('is left to whoever answers it, and waits anew when it is made anew', () => {
    const offers = new PlainOffers();
    const taken: string[] = [];
    offers.offered('a', 0, () => taken.push('a'));
    offers.offered('b', 0, () => taken.push('b'));
    offers.forget('a');
    vi.advanceTimersByTime(2_000);
    expect(taken).toEqual(['b']);
    offers.offered('a', 0, () => taken.push('a again'));
    vi.advanceTimersByTime(2_000);
    expect(taken).toEqual(['b', 'a again']);
  });

  it('waits its turn, and is left to another control room that took it', () => {
    const offers = new PlainOffers();
    const taken: string[] = [];
    offers.offered('a', 1, () => taken.push('a'));
    vi.advanceTimersByTime(1_100);
    offers.forget('a');
    vi.advanceTimersByTime(2_000);
    expect(taken).toEqual([]);
  });
});

describe('candidates that come early', () => {
  it('are kept in their order, and given out once', () => {
    const early = new EarlyCandidates();
    early.put('a', { candidate: '1' }, 'c');
    early.put('b', { candidate: 'x' }, null);
    early.put('a', { candidate: '2' }, null);
    expect(early.take('a')).toEqual([
      { candidate: { candidate: '1' }, connection: 'c' },
      { candidate: { candidate: '2' }, connection: null },
    ]);
    expect(early.take('a')).toEqual([]);
  });

  it('are bounded in number and size, of one peer and of all', () => {
    const early = new EarlyCandidates();
    for (let count = 0; count < 100; count += 1) early.put('many', { candidate: 'x' }, null);
    expect(early.take('many')).toHaveLength(64);
    for (let count = 0; count < 64; count += 1) early.put('large', { candidate: 'x'.repeat(4_096) }, null);
    expect(early.take('large')).toHaveLength(8);
    for (let peer = 0; peer < 1_000; peer += 1) early.put(`p${peer}`, { candidate: 'x'.repeat(4_096) }, null);
    // The newest of all are kept, no more than fit into 1 MiB.
    expect(early.take('p0')).toEqual([]);
    expect(early.take('p743')).toEqual([]);
    expect(early.take('p744')).toHaveLength(1);
  });
});

describe('whose turn it is to answer a page', () => {
  const room = (peerId: string, admin: boolean) => ({ peerId, admin });

  it.each([
    ['alone', room('m', true), [], 0],
    ['after admins with smaller names', room('m', true), [room('a', true), room('z', true)], 1],
    ['before every viewer key', room('z', true), [room('a', false), room('b', false)], 0],
    ['with a viewer key, after every admin', room('a', false), [room('y', true), room('z', true)], 2],
    ['as a hub tells that knows no difference', room('m', false), [room('a', false)], 1],
  ])('%s', (_name, own, others, turn) => {
    expect(turnOf(own, others)).toBe(turn);
  });
});
