import { APPS, type AppMessage } from '../../../../src/main/ingest/adapters';
import { toAppRequest } from '../../../../src/main/ingest/app-endpoint-request';
import { parseFrame } from '../../../../src/main/ingest/frame-parser';
import { type AppFixture, appFixture } from '../../../helpers/app-requests';

/** What the adapter of its path makes of a request. */
export function readRequest({ path, headers, body }: Omit<AppFixture, 'method'>): AppMessage {
  const app = APPS.find((one) => path.startsWith(one.path));
  if (!app) throw new Error(`No app takes ${path}`);
  return app.read(toAppRequest({ url: path, headers, body: body === null ? null : Buffer.from(body) }));
}

/** The frames of a fixture as the log would keep them. */
export function readFixture(name: string): Omit<AppMessage, 'frames'> & {
  readonly frames: readonly {
    readonly data: object;
    readonly flags: readonly string[];
    readonly atMs: number | null;
  }[];
} {
  const { frames, ...message } = readRequest(appFixture(name));
  return {
    ...message,
    frames: frames.map((frame) => {
      const { data, flags, capturedAtMs } = parseFrame(frame);
      return { data, flags, atMs: capturedAtMs };
    }),
  };
}

/** The only frame of a JSON body or of a query. */
export function frameOf(path: string, body: unknown = null): object {
  const [frame, ...others] = readRequest({
    path,
    headers: {},
    body: body === null ? null : JSON.stringify(body),
  }).frames;
  if (!frame || others.length > 0) throw new Error(`${path} holds ${others.length + (frame ? 1 : 0)} frames`);
  return frame;
}
