import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Link } from '../../../../src/renderer/phone/link/link';
import { Outbox } from '../../../../src/renderer/phone/link/outbox';
import { type Notice, withNotice, withoutNotice } from '../../../../src/renderer/phone/operator/notice';
import { OperatorLine } from '../../../../src/renderer/phone/operator/operator-line';
import { send, TestHub, WELCOME, wayTo } from '../link/test-hub';

let hub: TestHub;
let link: Link;
let line: OperatorLine;
let notices: readonly Notice[];
let isSensing: boolean;
let replies: { to: string; answer: string }[];
const called = vi.fn();
const kicked = vi.fn();

beforeEach(async () => {
  notices = [];
  isSensing = true;
  replies = [];
  called.mockClear();
  kicked.mockClear();
  hub = await TestHub.start((message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
  });
  link = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
  const outbox = new Outbox(link, () => undefined);
  const reply = (to: string, answer: string): void => void replies.push({ to, answer });
  line = new OperatorLine(
    link,
    { read: (to) => outbox.read(to), reply },
    {
      showed: (shown) => {
        notices = shown;
      },
      called,
      located: () => isSensing,
      kicked,
    },
  );
  link.start();
  await vi.waitFor(() => expect(link.state.kind).toBe('connected'));
});

afterEach(async () => {
  link.stop();
  await hub.stop();
});

const tell = (...messages: object[]): void => {
  for (const socket of hub.sockets) for (const message of messages) send(socket, message);
};

it('shows a message until it is read, and says so', async () => {
  tell({ type: 'message', id: 'm1', text: 'Back to the cars' });
  await vi.waitFor(() => expect(notices).toEqual([{ kind: 'message', id: 'm1', text: 'Back to the cars' }]));
  expect(called).toHaveBeenCalledTimes(1);
  line.read('m1');
  expect(notices).toEqual([]);
  await vi.waitFor(() => expect(hub.of('read')).toEqual([{ type: 'read', to: 'm1' }]));
});

it('shows nothing twice, not even what was answered', async () => {
  const message = { type: 'message', id: 'm1', text: 'Back to the cars' };
  tell(message, message);
  await vi.waitFor(() => expect(notices).toHaveLength(1));
  line.read('m1');
  tell(message, { type: 'message', id: 'm2', text: 'Now' });
  await vi.waitFor(() => expect(notices.map(({ id }) => id)).toEqual(['m2']));
  expect(called).toHaveBeenCalledTimes(2);
});

it('asks the person to check in', async () => {
  tell({ type: 'request', id: 'r1', what: 'check-in' });
  await vi.waitFor(() => expect(notices).toEqual([{ kind: 'check-in', id: 'r1' }]));
  line.reply('r1', 'I am OK');
  expect(notices).toEqual([]);
  expect(replies).toEqual([{ to: 'r1', answer: 'I am OK' }]);
});

it('asks for a photo until one was taken', async () => {
  tell({ type: 'request', id: 'r1', what: 'photo' }, { type: 'message', id: 'm1', text: 'Of the bridge' });
  await vi.waitFor(() => expect(notices.map(({ kind }) => kind)).toEqual(['message', 'photo']));
  line.photoTaken();
  expect(notices.map(({ kind }) => kind)).toEqual(['message']);
});

it('asks nobody for a position, and says when none is sensed', async () => {
  tell({ type: 'request', id: 'r1', what: 'locate' }, { type: 'message', id: 'm1', text: 'after it' });
  await vi.waitFor(() => expect(notices).toHaveLength(1));
  expect(replies).toEqual([]);
  isSensing = false;
  tell({ type: 'request', id: 'r2', what: 'locate' });
  await vi.waitFor(() => expect(replies).toEqual([{ to: 'r2', answer: 'Not sharing just now' }]));
});

it('ignores what a newer hub may ask for, and hears why it was taken out', async () => {
  tell({ type: 'request', id: 'r1', what: 'photo' }, { type: 'request', id: 'r2', what: 'sing' });
  await vi.waitFor(() => expect(notices.map(({ id }) => id)).toEqual(['r1']));
  tell({ type: 'kicked', reason: 'Wrong team' });
  await vi.waitFor(() => expect(kicked).toHaveBeenCalledWith('Wrong team', null));
  expect(notices).toEqual([]);
  tell({ type: 'kicked', reason: 'In English', code: 'revoked' });
  await vi.waitFor(() => expect(kicked).toHaveBeenCalledWith('In English', 'revoked'));
});

it('keeps the newest of two equal requests and at most eight notices', () => {
  const first: Notice = { kind: 'check-in', id: 'a' };
  const second: Notice = { kind: 'check-in', id: 'b' };
  expect(withNotice([first], second)).toEqual([second]);
  let many: readonly Notice[] = [first];
  for (let n = 0; n < 10; n++) many = withNotice(many, { kind: 'message', id: `m${n}`, text: 'x' });
  expect(many.map(({ id }) => id)).toEqual(['m9', 'm8', 'm7', 'm6', 'm5', 'm4', 'm3', 'm2']);
  expect(withoutNotice(many, 'm9')).toHaveLength(7);
});
