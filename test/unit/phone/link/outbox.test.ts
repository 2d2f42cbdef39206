import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Link } from '../../../../src/renderer/phone/link/link';
import { Outbox } from '../../../../src/renderer/phone/link/outbox';
import { send, TestHub, WELCOME, wayTo } from './test-hub';

let hub: TestHub;
let link: Link;
let outbox: Outbox;
const emptied = vi.fn();

beforeEach(async () => {
  emptied.mockClear();
  hub = await TestHub.start(() => undefined);
  link = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
  outbox = new Outbox(link, emptied);
});

afterEach(async () => {
  link.stop();
  await hub.stop();
});

it('keeps what was read until it was sent', async () => {
  hub.answer = (message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
  };
  outbox.read('m1');
  outbox.read('m2');
  expect(outbox.isEmpty).toBe(false);
  link.start();
  await vi.waitFor(() => expect(outbox.isEmpty).toBe(true));
  await vi.waitFor(() => expect(hub.of('read').map(({ to }) => to)).toEqual(['m1', 'm2']));
  expect(emptied).toHaveBeenCalledTimes(1);
});
