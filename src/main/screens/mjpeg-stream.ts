import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { ByteBudget } from './byte-budget';
import { MjpegParser } from './mjpeg-parser';
import { isMeant } from './reachable-address';

/** One picture of a screen is some hundred KB. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** The best WiFi brings less. Over it the socket is not read for a while: it is the phone that waits then, not the hub. */
const BYTES_PER_S = 16 * 1024 * 1024;
/** What a part costs beside its bytes: some 2,000 a second may come, of whatever size. */
const PART_BYTES = 8 * 1024;

interface StreamParts {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** How long the answer, and then each picture, may take, ms. */
  readonly timeoutMs: number;
  onFrame(jpeg: Buffer): void;
  /** Once, unless it was stopped: why there is no more, in one sentence. */
  onEnd(reason: string): void;
}

/** Reads one motion-JPEG stream. Follows nobody elsewhere. Returns the function that stops it. */
export function readMjpegStream(parts: StreamParts): () => void {
  const { host, port, path, timeoutMs } = parts;
  let isOver = false;
  let rest: NodeJS.Timeout | undefined;
  const request: ClientRequest = get({
    host,
    port,
    path,
    agent: false,
    timeout: timeoutMs,
    headers: { accept: 'multipart/x-mixed-replace', 'accept-encoding': 'identity' },
  });
  const end = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(rest);
    request.destroy();
    parts.onEnd(reason);
  };
  request.on('socket', (socket) =>
    socket.once('connect', () => {
      if (!isMeant(host, socket.remoteAddress)) end('The address leads out of this network.');
    }),
  );
  request.on('timeout', () => end('It does not answer.'));
  request.on('error', () => end('It can not be reached.'));
  request.on('response', (response) => {
    const fault = faultOf(response);
    const boundary = /boundary="?([^";]{1,100})"?/i.exec(response.headers['content-type'] ?? '')?.[1];
    if (fault !== null || boundary === undefined) {
      end(fault ?? 'It sends no motion JPEG.');
      return;
    }
    const parser = new MjpegParser(boundary, MAX_FRAME_BYTES, (jpeg) => {
      if (!isOver) parts.onFrame(jpeg);
    });
    const budget = new ByteBudget(BYTES_PER_S);
    response.on('data', (chunk: Buffer) => {
      if (isOver) return;
      try {
        const parts = parser.push(chunk);
        const pauseMs = budget.spend(chunk.length + parts * PART_BYTES, performance.now());
        if (pauseMs <= 0) return;
        response.pause();
        rest = setTimeout(() => response.resume(), pauseMs);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
      }
    });
    response.on('end', () => end('It stopped sending.'));
    response.on('error', () => end('The connection broke.'));
  });
  return () => {
    isOver = true;
    clearTimeout(rest);
    request.destroy();
  };
}

function faultOf({ statusCode = 0, headers }: IncomingMessage): string | null {
  if (statusCode >= 300 && statusCode < 400) return 'It sends us elsewhere; that is not followed.';
  if (statusCode !== 200) return `It answers ${statusCode}.`;
  if (!/^multipart\/x-mixed-replace/i.test(headers['content-type'] ?? '')) return 'It sends no motion JPEG.';
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? null : 'It compresses its pictures.';
}
