import assert from 'node:assert/strict';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';

/** A phone that understands what the operator sends. */
async function listening(tools: ContractTools, username: string) {
  const client = await tools.socket();
  const { deviceId } = await client.ask({ type: 'handshake', username, protocol: 1 });
  await client.ask({ type: 'data', data: {} });
  return { client, deviceId: String(deviceId) };
}

export const phoneCases: readonly ContractCase[] = [
  {
    name: 'device.request: reaches the page that understands it, and its reply comes as message.received',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await listening(tools, 'pho-ann');
      const { id } = await room.client.request('device.request', { deviceId: phone.deviceId, what: 'check-in' });
      assert.deepEqual(await phone.client.next(), { type: 'request', id, what: 'check-in' });
      const answer = await phone.client.ask({ type: 'reply', to: id, answer: 'all well', boot: 'r', seq: 1 });
      assert.deepEqual({ type: answer.type, boot: answer.boot, seq: answer.seq }, { type: 'ack', boot: 'r', seq: 1 });
      const heard = await room.event('message.received', ({ to }) => to === id);
      assert.equal(heard.text, 'all well');
      assert.equal(heard.deviceId, phone.deviceId);
      const old = await tools.phone('pho-old');
      await old.send({});
      const { code } = await refusalOf(
        room.client.request('device.request', { deviceId: old.deviceId, what: 'photo' }),
      );
      assert.equal(code, 'conflict');
    },
  },
  {
    name: 'message.send: to one, again after a reconnect until it is read, and to everybody',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const first = await listening(tools, 'pho-bob');
      const sent = await room.client.request('message.send', { deviceId: first.deviceId, text: ' Come back ' });
      assert.deepEqual({ ...sent, id: '' }, { id: '', delivered: 1, waiting: 0 });
      const message = { type: 'message', id: sent.id, text: 'Come back' };
      assert.deepEqual(await first.client.next(), message);
      await first.client.close();
      await room.event('live.batch', ({ devices }) =>
        devices.some((one) => one.deviceId === first.deviceId && !one.isOnline),
      );
      const again = await tools.socket();
      assert.equal((await again.ask({ type: 'handshake', username: 'pho-bob', protocol: 1 })).type, 'welcome');
      assert.deepEqual(await again.next(), message);
      again.send({ type: 'read', to: sent.id });
      assert.equal((await room.event('message.received', ({ to }) => to === sent.id)).kind, 'read');
      const toAll = await room.client.request('message.send', { deviceId: null, text: 'Everybody' });
      assert.ok(toAll.delivered >= 1);
      // What was read did not come again before it.
      assert.deepEqual(await again.next(), { type: 'message', id: toAll.id, text: 'Everybody' });
    },
  },
  {
    name: 'device.kick: told why, closed with 4003, refused when it comes back; others are not',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await listening(tools, 'pho-cat');
      await client.request('device.kick', { deviceId: phone.deviceId, reason: 'Wrong team' });
      assert.equal((await phone.client.closed).code, 4003);
      assert.deepEqual(phone.client.received.at(-1), { type: 'kicked', reason: 'Wrong team' });
      const back = await tools.socket();
      back.send({ type: 'handshake', username: 'pho-cat' });
      assert.equal((await back.closed).code, 4003);
      assert.equal((await (await tools.phone('pho-dog')).send({})).type, 'ack');
      assert.equal((await refusalOf(client.request('device.kick', { deviceId: 'd_x', reason: '' }))).code, 'not_found');
    },
  },
  {
    name: 'an SOS of a phone that was removed is refused, and a critical alert, however it comes; over when the phone says so',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const first = await tools.socket();
      const hello = { type: 'handshake', deviceId: 'pho-kicked', username: 'pho-kim', protocol: 1 };
      const { deviceId } = await first.ask(hello);
      await first.ask({ type: 'data', data: {} });
      await room.client.request('device.kick', { deviceId: String(deviceId), reason: '' });
      await first.closed;
      const back = await tools.socket();
      back.send(hello);
      back.send({ type: 'sos', active: true, text: 'Fell' });
      assert.equal((await back.closed).code, 4003);
      const calls = 'pho-kim at 127.0.0.1, a phone that was removed, calls for help: Fell';
      const alert = await room.event('alert.raised', ({ sentence }) => sentence === calls);
      assert.equal(alert.severity, 'critical');
      const { joinUrl } = await room.client.request('pairing.get', {});
      const key = new URLSearchParams(new URL(joinUrl).hash.slice(1)).get('k');
      const say = async (active: boolean): Promise<number> =>
        (
          await fetch(`${await tools.http()}/api/v1/messages?deviceId=pho-kicked&key=${key}`, {
            method: 'POST',
            body: JSON.stringify({ type: 'sos', active }),
          })
        ).status;
      assert.equal(await say(false), 403);
      await room.event('alert.cleared', ({ id }) => id === alert.id);
      assert.equal(await say(true), 403);
      await room.event('alert.raised', ({ sentence }) => sentence.endsWith('removed, calls for help.'));
      assert.equal((await room.client.request('device.get', { deviceId: String(deviceId) })).framesTotal, 1);
    },
  },
  {
    name: 'an SOS is a critical alert and a state of its device, until the phone takes it back',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('pho-eve');
      const sos = { type: 'sos', active: true, text: 'Broken leg', id: 'x', boot: 's', seq: 1 };
      const ack = await phone.client.ask(sos);
      assert.deepEqual([ack.type, ack.received, ack.boot, ack.seq], ['ack', 'x', 's', 1]);
      const alert = await room.event('alert.raised', ({ id }) => id === `sos.${phone.deviceId}`);
      assert.equal(alert.severity, 'critical');
      assert.match(alert.sentence, /pho-eve.*Broken leg/);
      await room.event('live.batch', ({ devices }) =>
        devices.some(({ deviceId, sos: call }) => deviceId === phone.deviceId && call?.text === 'Broken leg'),
      );
      await phone.client.ask({ type: 'sos', active: false, boot: 's', seq: 2 });
      await room.event('alert.cleared', ({ id }) => id === alert.id);
    },
  },
  {
    name: 'status: what the phone tells of itself is shown, and its battery stands in for that of its frames',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('pho-fay');
      phone.client.send({
        type: 'status',
        battery: 0.57,
        charging: true,
        visibility: 'hidden',
        queued: 3,
        captured: 9,
      });
      await phone.send({});
      const { devices } = await room.event('live.batch', ({ devices: seen }) =>
        seen.some(({ deviceId, frames }) => deviceId === phone.deviceId && frames === 1),
      );
      const device = devices.find(({ deviceId }) => deviceId === phone.deviceId);
      assert.deepEqual(
        [device?.batteryPct, device?.charging, device?.visibility, device?.queued, device?.captured],
        [57, true, 'hidden', 3, 9],
      );
      const { custody } = await room.client.request('device.custody', { deviceId: phone.deviceId });
      assert.equal(custody.captured, 9);
    },
  },
];
