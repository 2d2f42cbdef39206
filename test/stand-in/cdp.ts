// A Chromium process and a small DevTools-protocol client over its debugging pipe (flat sessions).
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** Typed by Playwright's table of the protocol. */
export type CdpSession = Pick<CDPSession, 'send' | 'on'>;

export interface Chromium {
  readonly process: ChildProcess;
  readonly root: CdpSession;
  /** Where Playwright connects; null unless asked for. */
  readonly url: string | null;
  attach(targetId: string): Promise<CdpSession>;
  onExit(listener: () => void): void;
  close(): Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Chromium that does not end by itself is killed after this. */
const CLOSE_TIMEOUT_MS = 3000;
const KEPT_STDERR_CHARS = 20_000;

/** Starts Chromium. `withPort`: a debugging port too, for Playwright. */
export async function launchChromium(
  executable: string,
  args: readonly string[],
  withPort: boolean,
): Promise<Chromium> {
  const child = spawn(
    executable,
    ['--remote-debugging-pipe', ...(withPort ? ['--remote-debugging-port=0'] : []), ...args],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
  });
  const stderr = watchStderr(child);
  const pipe = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void exited.then(() => pipe.fail(failure?.message ?? `chromium closed: ${stderr.text().slice(-300)}`));
  await pipe.root.send('Browser.getVersion');
  return {
    process: child,
    root: pipe.root,
    url: withPort ? await stderr.url : null,
    attach: async (targetId) => {
      const { sessionId } = await pipe.root.send('Target.attachToTarget', { targetId, flatten: true });
      return pipe.open(sessionId);
    },
    onExit: (listener) => void exited.then(listener),
    close: async () => {
      pipe.root.send('Browser.close').catch(() => {});
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function watchStderr(child: ChildProcess): { text(): string; url: Promise<string> } {
  let text = '';
  const url = new Promise<string>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-KEPT_STDERR_CHARS);
      if (process.env.STAND_IN_VERBOSE) process.stderr.write(chunk);
      const match = /DevTools listening on (ws:\/\/\S+)/.exec(text);
      if (match?.[1]) resolve(match[1]);
    });
  });
  return { text: () => text, url };
}

function openPipe(toChromium: Writable, fromChromium: Readable) {
  const waiting = new Map<number, { method: string; resolve(result: unknown): void; reject(error: Error): void }>();
  const sessions = new Map<string, EventEmitter>();
  let nextId = 1;
  const open = (sessionId: string | undefined): CdpSession => {
    const session = Object.assign(new EventEmitter(), {
      send: (method: string, params: object = {}) =>
        new Promise((resolve, reject) => {
          const id = nextId++;
          waiting.set(id, { method, resolve, reject });
          toChromium.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        }),
    });
    sessions.set(sessionId ?? '', session);
    return session as unknown as CdpSession;
  };
  readMessages(fromChromium, (text) => {
    const reply = JSON.parse(text) as Reply;
    if (reply.id === undefined) {
      if (reply.method) sessions.get(reply.sessionId ?? '')?.emit(reply.method, reply.params);
      return;
    }
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error) call?.reject(new Error(`${call.method}: ${reply.error.message}`));
    else call?.resolve(reply.result);
  });
  // Errors of a pipe whose process ended: the exit itself is what is reported.
  toChromium.on('error', () => {});
  fromChromium.on('error', () => {});
  const fail = (message: string): void => {
    for (const call of waiting.values()) call.reject(new Error(message));
    waiting.clear();
  };
  return { root: open(undefined), open, fail };
}

/** Messages end with a zero byte; one may come in many chunks. */
function readMessages(stream: Readable, onMessage: (text: string) => void): void {
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, end));
      const whole = Buffer.concat(parts);
      parts = [];
      start = end + 1;
      onMessage(whole.toString('utf8'));
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  });
}
