import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Link } from '../../../../src/renderer/phone/link/link';
import { Outbox } from '../../../../src/renderer/phone/link/outbox';
import { send, TestHub, WELCOME } from './test-hub';

let hub: TestHub;
let link: Link;
let outbox: Outbox;
const emptied = vi.fn();

beforeEach(async () => {
  emptied.mockClear();
  hub = await TestHub.start(() => undefined);
  link = new Link({
    url: hub.url,
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
  outbox = new Outbox(link, 'words', emptied);
});

afterEach(async () => {
  link.stop();
  await hub.stop();
});

/** Answers handshakes, and replies with what `answer` makes of the number of the reply. */
function answerReplies(answer: (seq: unknown) => object | null): void {
  hub.answer = (message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
    if (message.type !== 'reply') return;
    const given = answer(message.seq);
    if (given) send(socket, { boot: 'words', seq: message.seq, ...given });
  };
}
const ACK = { type: 'ack', timestamp: '2026-01-01T00:00:00.000Z', received: null, clientId: 'c' };
const refusal = (code: string) => ({ type: 'error', code, message: code, retryAfterMs: 5 });
const untilEmpty = () => vi.waitFor(() => expect(outbox.isEmpty).toBe(true), { timeout: 5_000 });

it('keeps what is posted without a link, and numbers the replies', async () => {
  outbox.post({ type: 'reply', to: 'r1', answer: 'I am OK' });
  outbox.post({ type: 'read', to: 'm1' });
  outbox.post({ type: 'reply', to: 'r2', answer: 'Not now' });
  expect(outbox.isEmpty).toBe(false);
  answerReplies(() => ACK);
  link.start();
  await untilEmpty();
  expect(hub.received.slice(1)).toEqual([
    { type: 'reply', to: 'r1', answer: 'I am OK', boot: 'words', seq: 1 },
    { type: 'read', to: 'm1' },
    { type: 'reply', to: 'r2', answer: 'Not now', boot: 'words', seq: 2 },
  ]);
  expect(emptied).toHaveBeenCalledTimes(1);
});

it('sends a reply again, with the same number, until it is acked', async () => {
  let isFirst = true;
  hub.answer = (message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
    if (message.type !== 'reply') return;
    if (isFirst) socket.terminate();
    else send(socket, { ...ACK, boot: 'words', seq: message.seq });
    isFirst = false;
  };
  link.start();
  outbox.post({ type: 'reply', to: 'r1', answer: 'I am OK' });
  await untilEmpty();
  expect(hub.of('reply').map(({ seq }) => seq)).toEqual([1, 1]);
});

it.each(['storage_unavailable', 'rate_limited'])('waits while the hub says %s', async (code) => {
  let refusals = 2;
  answerReplies(() => (refusals-- > 0 ? refusal(code) : ACK));
  link.start();
  outbox.post({ type: 'reply', to: 'r1', answer: 'I am OK' });
  await untilEmpty();
  expect(hub.of('reply')).toHaveLength(3);
});

it('gives up what the hub will never take', async () => {
  answerReplies(() => refusal('invalid_message'));
  link.start();
  outbox.post({ type: 'reply', to: 'gone', answer: 'I am OK' });
  await untilEmpty();
  expect(hub.of('reply')).toHaveLength(1);
});

it('takes no ack of a frame for its own', async () => {
  answerReplies(() => ({ ...ACK, boot: 'frames' }));
  link.start();
  outbox.post({ type: 'reply', to: 'r1', answer: 'I am OK' });
  await vi.waitFor(() => expect(hub.of('reply')).toHaveLength(1));
  const [socket] = hub.sockets;
  if (!socket) throw new Error('no socket');
  expect(outbox.isEmpty).toBe(false);
  send(socket, { ...ACK, boot: 'words', seq: 1 });
  await untilEmpty();
});

it('tells what was given up until the hub has settled it, and takes no batch for that', async () => {
  const given: object[] = [
    { boot: 'frames', settled: [[17, 17]], stored: 1, duplicates: 0, refused: [], upTo: 17 },
    { boot: 'frames', settled: [[17, 17]], stored: 0, duplicates: 0, refused: [], upTo: 17 },
  ];
  hub.answer = (message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
    if (message.type === 'dropped') send(socket, { ...ACK, ...given[0] });
  };
  link.start();
  outbox.post({ type: 'dropped', boot: 'frames', ranges: [[17, 17]] });
  await vi.waitFor(() => expect(hub.of('dropped')).toEqual([{ type: 'dropped', boot: 'frames', ranges: [[17, 17]] }]));
  for (const socket of hub.sockets) socket.terminate();
  given.shift();
  await untilEmpty();
  expect(hub.of('dropped')).toHaveLength(2);
});
