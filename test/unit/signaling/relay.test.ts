import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { SIGNALING_LIMITS } from '../../../src/common/wire/signaling';
import type { Member } from '../../../src/main/signaling/member';
import type { Outgoing } from '../../../src/main/signaling/outgoing';
import { Relay } from '../../../src/main/signaling/relay';
import { RoomMember } from '../../../src/main/signaling/room-member';
import { SocketClients } from '../../../src/main/signaling/socket-clients';
import { Whip } from '../../../src/main/signaling/whip';

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
  const member: Member = new RoomMember(peerId, true, link, () => relay.leave(member));
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

/** A client at an address, as of a socket. */
function client(relay: Relay, peerId: string, address: string) {
  const received: Record<string, unknown>[] = [];
  const member: Member = {
    peerId,
    origin: { address, localAddress: '192.168.1.2', deviceId: null, isOperator: false, isAdmin: false },
    source: 'webrtc',
    hearsAll: true,
    hello: null,
    gate: null,
    helloGate: null,
    deliver: ({ message }: Outgoing) => received.push(message),
  };
  relay.enter(member);
  const send = (message: object): void => relay.receive(member, Buffer.from(JSON.stringify(message)));
  return { received, send };
}

test('hellos: five at once are answered, the others dropped; who watches is told of what is new only', () => {
  const { relay } = createRelay();
  const { received } = room(relay, 'p_room');
  const flooder = client(relay, 'p_flood', '192.168.1.7');
  received.length = 0;
  for (let n = 0; n < 100; n += 1) flooder.send({ type: 'hello', role: 'sharer', name: 'Ann' });
  expect(flooder.received.filter(({ type }) => type === 'peers').length).toBe(SIGNALING_LIMITS.hellosPerSecond);
  expect(flooder.received.filter(({ code }) => code === 'rate_limited').length).toBe(95);
  expect(received).toHaveLength(1);
  // It talks on all the same.
  flooder.send({ type: 'wave' });
  expect(received.at(-1)).toEqual({ type: 'wave', from: 'p_flood' });
});

test.each([
  ['192.168.1.7', 600],
  // Programs on this laptop, of which there may be many.
  ['127.0.0.1', 2_000],
])('many sockets of %s together: %i messages to all', (address, expected) => {
  const { relay } = createRelay();
  const listener = client(relay, 'p_listener', '192.168.1.9');
  const flooders = Array.from({ length: 20 }, (_, n) => client(relay, `p_${n}`, address));
  for (let n = 0; n < 100; n += 1) for (const { send } of flooders) send({ type: 'flood' });
  const heard = listener.received.length;
  expect(heard).toBeGreaterThanOrEqual(expected);
  // Some refill while they are sent.
  expect(heard).toBeLessThan(expected + 300);
  listener.received.length = 0;
  client(relay, 'p_other', '192.168.1.8').send({ type: 'still' });
  expect(listener.received).toMatchObject([{ type: 'still' }]);
});

const sdp = (sections: number, candidates: number): string =>
  `v=0\r\n${'m=video 9 UDP/TLS/RTP/SAVPF 96\r\n'.repeat(sections)}${'a=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n'.repeat(candidates)}`;

test.each<[string, object, string]>([
  ['ours, with 9 sections', { offer: { sdp: sdp(9, 0) }, connection: 'c1' }, 'error'],
  ['ours, with 65 candidates', { offer: { sdp: sdp(1, 65) }, connection: 'c1' }, 'error'],
  ['ours, as large as it may be', { offer: { sdp: sdp(8, 64) }, connection: 'c1' }, 'offer'],
  ['a plain one is relayed as it is', { offer: { sdp: sdp(100, 100) } }, 'offer'],
])('SDP: %s', (_name, message, expected) => {
  const { relay } = createRelay();
  const [one, other] = [client(relay, 'p_1', '192.168.1.7'), client(relay, 'p_2', '192.168.1.8')];
  one.send({ type: 'offer', ...message });
  expect([...one.received, ...other.received].map(({ type }) => type)).toEqual([expected]);
});

test('WHIP goes to a room of the operator, though one that only looks was there first', async () => {
  const { relay } = createRelay();
  const whip = new Whip(relay);
  const offered: string[] = [];
  const enter = (peerId: string, isAdmin: boolean): void => {
    const link = {
      send: ({ type }: { type?: unknown }) => type === 'offer' && offered.push(peerId),
      bufferedBytes: () => 0,
    };
    const member = new RoomMember(peerId, isAdmin, link, () => {});
    relay.enter(member);
    member.open();
  };
  enter('p_viewer', false);
  enter('p_admin', true);
  const sender = { address: '192.168.1.7', localAddress: '192.168.1.2', deviceId: null, keyId: null, name: 'OBS' };
  const answered = whip.offer(sender, sdp(1, 0), () => {});
  expect(offered).toEqual(['p_admin']);
  expect(relay.peersFor([...relay.members()].find(({ peerId }) => peerId === 'p_viewer') as Member)).toMatchObject([
    { peerId: 'p_admin', operator: true, admin: true },
    { source: 'whip', operator: false, admin: false },
  ]);
  whip.stop();
  await answered;
});

test('log: who came and went, and how many are there', () => {
  const lines: object[] = [];
  const log = (detail: object, message: string): void => void lines.push({ ...detail, message });
  const clients = new SocketClients({
    relay: createRelay().relay,
    log: { debug: log, info: log },
    deviceOfKey: () => null,
    standingOf: () => 'active',
  });
  const open = (address: string) => {
    const socket = Object.assign(new EventEmitter(), {
      OPEN: 1,
      readyState: 1,
      close: () => {},
    }) as unknown as WebSocket;
    const caller = {
      address,
      localAddress: '::1',
      hasKey: true,
      deviceId: null,
      keyId: null,
      isOperator: false,
      isAdmin: false,
    };
    clients.open(socket, new PassThrough(), caller, null);
    return socket;
  };
  const first = open('192.168.1.7');
  open('192.168.1.8');
  first.emit('close');
  expect(lines).toEqual([
    { clientIp: '192.168.1.7', totalClients: 1, message: 'signaling client connected' },
    { clientIp: '192.168.1.8', totalClients: 2, message: 'signaling client connected' },
    { clientIp: '192.168.1.7', totalClients: 1, message: 'signaling client disconnected' },
  ]);
});
