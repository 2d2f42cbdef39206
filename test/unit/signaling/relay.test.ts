import { expect, test } from 'vitest';
import type { Member } from '../../../src/main/signaling/member';
import { Relay } from '../../../src/main/signaling/relay';
import { RoomMember } from '../../../src/main/signaling/room-member';

interface Line {
  readonly detail: object;
  readonly message: string;
}

function createRelay() {
  const lines: Line[] = [];
  const log = (detail: object, message: string): void => {
    lines.push({ detail, message });
  };
  return { relay: new Relay({ debug: log, info: log }), lines };
}

function room(relay: Relay, peerId: string, bufferedBytes = () => 0) {
  const received: object[] = [];
  const link = { send: (message: object) => received.push(message), bufferedBytes };
  const member: Member = new RoomMember(peerId, link, () => relay.leave(member));
  relay.enter(member);
  (member as RoomMember).open();
  return { member, received };
}

test('relayed messages are logged with their length and how many got them, and nothing of what they say', () => {
  const { relay, lines } = createRelay();
  const [one] = [room(relay, 'p_1'), room(relay, 'p_2'), room(relay, 'p_3')];
  const text = '{"type":"offer","offer":{"sdp":"secret é"}}';
  relay.receive(one.member, Buffer.from(text));
  expect(lines).toEqual([{ detail: { messageLength: Buffer.byteLength(text), recipients: 2 }, message: 'relayed' }]);
});

test('a control room that takes nothing is told so once and leaves; the others are told', async () => {
  const { relay } = createRelay();
  let buffered = 0;
  const [slow, other] = [room(relay, 'p_slow', () => buffered), room(relay, 'p_other')];
  buffered = 5 * 1024 * 1024;
  for (let n = 0; n < 3; n += 1) relay.receiveObject(other.member, { type: 'n', n });
  expect(slow.received.slice(1)).toEqual([expect.objectContaining({ type: 'error', code: 'too_slow' })]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(relay.isIn(slow.member)).toBe(false);
  expect(other.received.at(-1)).toEqual({ type: 'peer-left', peerId: 'p_slow' });
});
