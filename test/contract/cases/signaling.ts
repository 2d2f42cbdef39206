import assert from 'node:assert/strict';
import type { Peer } from '../../../src/common/wire/signaling';
import { WireClient } from '../../helpers/wire-client';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';
import type { Room } from '../room';

/** A client on `/signaling` with the key of the QR code, and the name the hub gave it. */
async function client(tools: ContractTools) {
  const { httpPort, joinUrl } = await (await tools.open()).client.request('pairing.get', {});
  const key = new URLSearchParams(new URL(joinUrl).hash.slice(1)).get('k');
  const socket = await WireClient.open(`ws://127.0.0.1:${httpPort}/signaling?key=${key}`);
  tools.closeLater(() => socket.close());
  const { peerId } = await socket.next();
  return { socket, peerId: String(peerId) };
}

const messageOf = async (room: Room, type: string, from: string) =>
  (await room.event('signaling.message', ({ message }) => message.type === type && message.from === from)).message;

export const signalingCases: readonly ContractCase[] = [
  {
    name: 'signaling.join: an operator who watches; told of everybody, plain clients too, and of who comes and goes',
    run: async (tools) => {
      const room = await tools.open();
      const plain = await client(tools);
      const { peerId, peers, offLan } = await room.client.request('signaling.join', {});
      assert.ok(!offLan.includes('127.0.0.1'));
      const expected: Peer = {
        peerId: plain.peerId,
        role: null,
        name: null,
        kind: null,
        source: 'webrtc',
        operator: false,
        admin: false,
        deviceId: null,
        fromAddress: '127.0.0.1',
        toAddress: '127.0.0.1',
      };
      assert.deepEqual(
        peers.find((peer) => peer.peerId === plain.peerId),
        expected,
      );
      const sharer = await client(tools);
      sharer.socket.send({ type: 'hello', role: 'sharer', name: 'Sig Ann', kind: 'camera' });
      const heard = await sharer.socket.next();
      assert.equal(heard.type, 'peers');
      assert.ok((heard.peers as Peer[]).every((peer) => !('admin' in peer)));
      const operator = (heard.peers as Peer[]).find((peer) => peer.peerId === peerId);
      assert.deepEqual([operator?.operator, operator?.role], [true, 'viewer']);
      assert.ok(operator && !('fromAddress' in operator));
      const { message: joined } = await room.event(
        'signaling.message',
        ({ message }) => message.type === 'peer-joined' && message.name === 'Sig Ann',
      );
      assert.deepEqual([joined.peerId, joined.role, joined.kind], [sharer.peerId, 'sharer', 'camera']);
      await sharer.socket.close();
      await room.event(
        'signaling.message',
        ({ message }) => message.type === 'peer-left' && message.peerId === sharer.peerId,
      );
    },
  },
  {
    name: 'signaling.send and signaling.message: to one and to all, with the sender put in; errors come back',
    run: async (tools) => {
      const room = await tools.open();
      const [one, other] = [await client(tools), await client(tools)];
      const { peerId } = await room.client.request('signaling.join', {});
      const answer = { type: 'answer', to: one.peerId, answer: { sdp: 'v=0' }, from: 'somebody' };
      await room.client.request('signaling.send', { message: answer });
      assert.deepEqual(await one.socket.next(), { ...answer, from: peerId });
      await room.client.request('signaling.send', { message: { type: 'wave' } });
      const wave = { type: 'wave', from: peerId };
      assert.deepEqual([await one.socket.next(), await other.socket.next()], [wave, wave]);
      one.socket.send({ type: 'offer', to: peerId, offer: { sdp: 'v=0' } });
      const offer = await messageOf(room, 'offer', one.peerId);
      assert.deepEqual(offer, { type: 'offer', to: peerId, offer: { sdp: 'v=0' }, from: one.peerId });
      await room.client.request('signaling.send', { message: { type: 'want', to: 'nobody' } });
      await room.event('signaling.message', ({ message }) => message.code === 'unknown_peer');
    },
  },
  {
    name: 'signaling.join: what went to all before it came is given to it, after the answer',
    run: async (tools) => {
      const sharer = await client(tools);
      sharer.socket.send({ type: 'offer', offer: { sdp: 'kept' } });
      sharer.socket.send({ type: 'ice-candidate', candidate: 'first' });
      const { socket } = await client(tools);
      // Answered after both were taken.
      sharer.socket.send({ type: 'sync' });
      assert.equal((await socket.next()).type, 'sync');
      const room = await tools.open();
      await room.client.request('signaling.join', {});
      assert.deepEqual((await messageOf(room, 'offer', sharer.peerId)).offer, { sdp: 'kept' });
      assert.equal((await messageOf(room, 'ice-candidate', sharer.peerId)).candidate, 'first');
    },
  },
  {
    name: 'signaling.message: an offer to all that has its answer is known by `answered`, then and in a room that joins later',
    run: async (tools) => {
      const room = await tools.open();
      await room.client.request('signaling.join', {});
      const [one, two, receiver] = [await client(tools), await client(tools), await client(tools)];
      one.socket.send({ type: 'offer', offer: { sdp: 'one' } });
      two.socket.send({ type: 'offer', offer: { sdp: 'two' } });
      await messageOf(room, 'offer', two.peerId);
      // A client says so itself: it is nobody's word but its own.
      two.socket.send({ type: 'answered', peerId: two.peerId });
      await messageOf(room, 'answered', two.peerId);
      receiver.socket.send({ type: 'answer', to: one.peerId, answer: { sdp: 'to one' } });
      const { message } = await room.event(
        'signaling.message',
        ({ message }) => message.peerId === one.peerId && message.type === 'answered',
      );
      assert.deepEqual(message, { type: 'answered', peerId: one.peerId });
      const later = await tools.open();
      await later.client.request('signaling.join', {});
      assert.deepEqual((await messageOf(later, 'offer', one.peerId)).offer, { sdp: 'one' });
      await later.event(
        'signaling.message',
        ({ message }) => message.peerId === one.peerId && message.type === 'answered',
      );
      two.socket.send({ type: 'sync' });
      await messageOf(later, 'sync', two.peerId);
      const told = later.heard('signaling.message').filter(({ message }) => message.type === 'answered');
      assert.deepEqual(
        told.map(({ message }) => message.peerId),
        [one.peerId],
      );
      // Others are sent what they always were.
      assert.equal((await one.socket.next()).type, 'offer');
    },
  },
  {
    name: 'signaling.leave, and a closed connection: the others are told; nothing can be sent any more',
    run: async (tools) => {
      const [room, other] = [await tools.open(), await tools.open()];
      const { peerId } = await room.client.request('signaling.join', {});
      const second = await other.client.request('signaling.join', {});
      assert.ok(second.peers.some((peer) => peer.peerId === peerId && peer.operator));
      await room.client.request('signaling.leave', {});
      await room.client.request('signaling.leave', {});
      const gone = (id: string) =>
        other.event('signaling.message', ({ message }) => message.type === 'peer-left' && message.peerId === id);
      await gone(peerId);
      const sent = room.client.request('signaling.send', { message: { type: 'wave' } });
      assert.equal((await refusalOf(sent)).code, 'conflict');
      const again = await room.client.request('signaling.join', {});
      assert.notEqual(again.peerId, peerId);
      room.close();
      await gone(again.peerId);
    },
  },
];
