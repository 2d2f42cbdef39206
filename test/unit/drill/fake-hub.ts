import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A message of a phone. */
export type PhoneMessage = {
  readonly type: string;
  readonly boot?: string;
  readonly seq?: number;
  readonly frames?: readonly { readonly seq: number; readonly data: Readonly<Record<string, unknown>> }[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly deviceId?: string;
};

/** One connection, as the hub sees it. */
interface Caller {
  readonly socket: WebSocket;
  /** From 1, in the order they came. */
  readonly number: number;
  readonly authorization: string | undefined;
  deviceId: string | undefined;
  readonly received: PhoneMessage[];
}

/** A hub to misbehave on purpose: what the real one can't be made to do on demand. */
export interface FakeHub {
  readonly url: string;
  readonly callers: readonly Caller[];
  /** Answers to a message; null: as the wire says. */
  answers: (message: PhoneMessage, caller: Caller) => readonly object[] | null;
  close(): Promise<void>;
}

export async function openFakeHub(): Promise<FakeHub> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const callers: Caller[] = [];
  const hub: FakeHub = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    callers,
    answers: () => null,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('connection', (socket, request) => {
    const { authorization } = request.headers;
    const caller: Caller = { socket, number: callers.length + 1, authorization, deviceId: undefined, received: [] };
    callers.push(caller);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as PhoneMessage;
      caller.deviceId ??= message.deviceId;
      caller.received.push(message);
      for (const answer of hub.answers(message, caller) ?? usualAnswers(message)) socket.send(JSON.stringify(answer));
    });
  });
  return hub;
}

/** Stored, all of it. */
export function usualAnswers({ type, boot, seq, frames = [] }: PhoneMessage): readonly object[] {
  if (type === 'handshake') return [{ type: 'welcome' }];
  if (type === 'data') return [{ type: 'ack', received: null, boot, seq }];
  const seqs = frames.map((frame) => frame.seq);
  const settled = seqs.map((one) => [one, one]);
  return [{ type: 'ack', boot, upTo: 0, settled, stored: seqs.length, duplicates: 0, refused: [] }];
}
