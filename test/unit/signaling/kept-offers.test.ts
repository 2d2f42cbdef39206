import { expect, test } from 'vitest';
import { SIGNALING_LIMITS } from '../../../src/common/wire/signaling';
import { parseIncoming } from '../../../src/main/signaling/incoming';
import { KeptOffers } from '../../../src/main/signaling/kept-offers';
import { Outgoing } from '../../../src/main/signaling/outgoing';

function send(kept: KeptOffers, from: string, message: object): void {
  const incoming = parseIncoming(Buffer.from(JSON.stringify(message)));
  kept.broadcast(from, incoming, Outgoing.relayed(incoming, from));
}

const from = (kept: KeptOffers): unknown[] => kept.except('me').map(({ message }) => message.from);

test('memory is bounded in all: the oldest offers go first, with their candidates', () => {
  const kept = new KeptOffers();
  const sdp = 'x'.repeat(200 * 1024);
  const fits = Math.floor(SIGNALING_LIMITS.keptBytes / (201 * 1024));
  for (let n = 0; n < fits + 20; n += 1) {
    send(kept, `p${n}`, { type: 'offer', offer: { sdp } });
    send(kept, `p${n}`, { type: 'ice-candidate', candidate: n });
  }
  const left = new Set(from(kept));
  expect(left.size).toBeGreaterThan(fits - 5);
  expect(left.size).toBeLessThan(fits + 5);
  expect(left.has('p0')).toBe(false);
  expect(left.has(`p${fits + 19}`)).toBe(true);
});

test('an offer anew, and leaving, free what was kept', () => {
  const kept = new KeptOffers();
  for (let n = 0; n < 200; n += 1) send(kept, 'one', { type: 'offer', offer: { sdp: 'x'.repeat(200 * 1024) } });
  send(kept, 'other', { type: 'offer', offer: {} });
  expect(from(kept)).toEqual(['one', 'other']);
  kept.forget('one');
  kept.forget('one');
  expect(from(kept)).toEqual(['other']);
});

test('candidates without an offer, and one’s own, are not given', () => {
  const kept = new KeptOffers();
  send(kept, 'one', { type: 'ice-candidate', candidate: 1 });
  send(kept, 'me', { type: 'offer', offer: {} });
  expect(from(kept)).toEqual([]);
});

test.each([
  ['an answer to all is heard by every page that waits for one', 'r', null, ['one', 'two']],
  ['an answer to one is that one’s', 'r', 'two', ['two']],
  ['nobody answers itself', 'one', null, ['two']],
  ['an answer to somebody who offered nothing', 'r', 'r2', []],
])('%s', (_name, by, to, expected) => {
  const kept = new KeptOffers();
  for (const peer of ['one', 'two']) send(kept, peer, { type: 'offer', offer: {} });
  expect(kept.answered(by, to)).toEqual(expected);
  expect(kept.answeredPeers).toEqual(expected);
  // Once only, and viewers get them as before.
  expect(kept.answered(by, to)).toEqual([]);
  expect(from(kept)).toEqual(['one', 'two']);
  send(kept, 'two', { type: 'offer', offer: { sdp: 'anew' } });
  kept.forget('one');
  expect(kept.answeredPeers).toEqual([]);
});

test('a short message that came in a large buffer is kept without it', () => {
  const kept = new KeptOffers();
  const text = '{"type":"offer","offer":{"sdp":"v=0"}}';
  const large = Buffer.concat([Buffer.from(text), Buffer.alloc(65_536)]);
  const incoming = parseIncoming(large.subarray(0, text.length));
  kept.broadcast('one', incoming, Outgoing.relayed(incoming, 'one'));
  const [again] = kept.except('me');
  expect(again?.frame.buffer.byteLength).toBe(again?.frame.length);
  expect(again?.message).toEqual({ type: 'offer', offer: { sdp: 'v=0' }, from: 'one' });
});
