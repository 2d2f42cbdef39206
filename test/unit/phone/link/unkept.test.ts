import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/common/model/frame';
import { Link } from '../../../../src/renderer/phone/link/link';
import { Unkept } from '../../../../src/renderer/phone/link/unkept';
import { type OtherMessage, send, TestHub, WELCOME, wayTo } from './test-hub';

const SOS = { type: 'sos', active: true };
const ACK = { type: 'ack', timestamp: '2026-01-01T00:00:00.000Z', clientId: 'c' };
let hub: TestHub;
let link: Link;
let stored: JsonObject[];
let unkept: Unkept;

beforeEach(async () => {
  stored = [];
  hub = await TestHub.start((message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
    else send(socket, { ...ACK, received: (message as OtherMessage).id });
  });
  link = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
  unkept = new Unkept(link, (word) => stored.push(word));
});

afterEach(async () => {
  link.stop();
  await hub.stop();
});

it('leaves at once while there is a link, without a number, and is gone with its ack', async () => {
  link.start();
  await expect.poll(() => link.state.kind).toBe('connected');
  unkept.send(SOS);
  expect(unkept.isEmpty).toBe(false);
  await expect.poll(() => stored).toEqual([SOS]);
  expect(unkept.isEmpty).toBe(true);
  expect(hub.of('sos')).toEqual([{ ...SOS, id: expect.any(String) as string }]);
});

it('waits in memory for a link, and goes again with the next when no answer came', async () => {
  const { answer } = hub;
  hub.answer = (message, socket) => (message.type === 'handshake' ? send(socket, WELCOME) : socket.terminate());
  unkept.send(SOS);
  unkept.send({ type: 'message', text: 'x' });
  link.start();
  await expect.poll(() => hub.of('sos').length).toBeGreaterThanOrEqual(1);
  hub.answer = answer;
  await expect.poll(() => stored.length).toBe(2);
});

it('goes again when the hub puts it off', async () => {
  let isOff = true;
  const { answer } = hub;
  hub.answer = (message, socket) => {
    if (message.type === 'handshake' || !isOff) return answer(message, socket);
    isOff = false;
    const received = (message as OtherMessage).id;
    send(socket, { type: 'error', code: 'storage_unavailable', message: 'later', received, retryAfterMs: 10 });
  };
  link.start();
  unkept.send(SOS);
  await expect.poll(() => stored).toEqual([SOS]);
  expect(hub.of('sos')).toHaveLength(2);
});
