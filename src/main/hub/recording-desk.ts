import { HubError } from '../../common/contract/errors';
import type { RequestParams } from '../../common/contract/requests';
import type { HubConnection } from '../../common/contract/server';
import { appended } from '../../common/model/delivery';
import type { Recording } from '../../common/model/recording';
import { type FrameSink, parseFrame } from '../ingest';
import { RecordingError, type Recordings } from '../screens';
import type { HubDevices } from './device-directory';
import { randomText } from './ids';

interface DeskParts {
  readonly recordings: Recordings;
  readonly devices: Pick<HubDevices, 'get'>;
  readonly log: Pick<FrameSink, 'append'>;
  readonly clock: { now(): number };
  readonly sessionId: () => string;
  readonly onBug: (error: unknown) => void;
}

/** How long a link to a recording works, ms: longer than one watches. */
const LINK_MS = 12 * 3_600_000;
/** The oldest gives way. */
const MAX_LINKS = 1_000;

/** What control rooms do with recordings, and whose each is. */
export class RecordingDesk {
  readonly #parts: DeskParts;
  readonly #owners = new Map<string, HubConnection>();
  readonly #links = new Map<string, { readonly recordingId: string; readonly untilMs: number }>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async start(params: RequestParams<'recording.start'>, owner: HubConnection): Promise<Recording> {
    const { recordings, sessionId } = this.#parts;
    const recording = await asked(recordings.start({ ...params, sessionId: sessionId() }));
    this.#owners.set(recording.recordingId, owner);
    // Begun just when the session changed: the caller begins anew.
    if (recording.sessionId !== sessionId()) await this.sessionChanged();
    return recording;
  }

  /** Another session is current: recordings of the one before end with it, and their control rooms are told why. */
  async sessionChanged(): Promise<void> {
    const { recordings, sessionId, onBug } = this.#parts;
    await recordings.endOthers(sessionId()).catch(onBug);
  }

  async append(
    { recordingId, index, chunk }: RequestParams<'recording.append'>,
    owner: HubConnection,
  ): Promise<number> {
    this.#assertOwn(recordingId, owner);
    return asked(this.#parts.recordings.append(recordingId, index, Buffer.from(chunk, 'base64')));
  }

  /** Any operator may end one. */
  stop(recordingId: string): Promise<Recording> {
    this.#owners.delete(recordingId);
    return asked(this.#parts.recordings.stop(recordingId));
  }

  /** A control room has gone: what it recorded ends. */
  async leave(owner: HubConnection): Promise<void> {
    for (const [recordingId, one] of this.#owners) {
      if (one !== owner) continue;
      this.#owners.delete(recordingId);
      // It may have ended by itself meanwhile.
      await this.#parts.recordings.stop(recordingId, 'lost').catch(() => undefined);
    }
  }

  remove(recordingId: string): void {
    try {
      this.#parts.recordings.remove(recordingId);
    } catch (error) {
      throw toHubError(error);
    }
  }

  /** @returns a path that is the right to watch it. */
  link(recordingId: string): string {
    if (this.#parts.recordings.pathOf(recordingId) === null) {
      throw new HubError('not_found', 'There is no such recording, or it is not finished.');
    }
    const ticket = randomText(26);
    this.#links.set(ticket, { recordingId, untilMs: this.#parts.clock.now() + LINK_MS });
    const oldest = this.#links.keys().next().value;
    if (this.#links.size > MAX_LINKS && oldest !== undefined) this.#links.delete(oldest);
    return `/api/v1/watch/${ticket}`;
  }

  /** The file behind a link; null when it is too old or none. */
  watched(ticket: string): { readonly path: string; readonly fileName: string } | null {
    const link = this.#links.get(ticket);
    if (!link || link.untilMs < this.#parts.clock.now()) return null;
    return this.file(link.recordingId);
  }

  /** The file that plays; null when there is none. */
  file(recordingId: string): { readonly path: string; readonly fileName: string } | null {
    const path = this.#parts.recordings.pathOf(recordingId);
    const recording = this.#parts.recordings.get(recordingId);
    if (path === null || recording === null) return null;
    const at = new Date(recording.startedAtMs).toISOString().slice(0, 19).replaceAll(':', '-');
    return { path, fileName: `${recording.name} ${at}.webm` };
  }

  /** A picture of a share becomes a photo of its device, in the log like every other. */
  async keepSnapshot({ deviceId, jpeg }: RequestParams<'snapshot.keep'>): Promise<string> {
    const { devices, log } = this.#parts;
    if (!devices.get(deviceId)) throw new HubError('not_found', 'There is no such device.');
    const parsed = parseFrame({ captureMethod: 'snapshot', photoBase64: jpeg });
    const [photo] = parsed.media;
    if (photo?.mime !== 'image/jpeg') throw new HubError('invalid_params', 'jpeg: must be a JPEG.');
    try {
      await appended(log, {
        deviceId,
        source: 'perch',
        boot: null,
        seq: null,
        capturedAtMs: null,
        flags: ['snapshot'],
        parsed,
      });
    } catch {
      throw new HubError('storage_unavailable', 'The snapshot could not be stored.');
    }
    return photo.sha256;
  }

  #assertOwn(recordingId: string, owner: HubConnection): void {
    if (this.#owners.get(recordingId) === owner) return;
    throw new HubError('not_found', 'This recording has ended, or another control room makes it.');
  }
}

async function asked<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw toHubError(error);
  }
}

const toHubError = (error: unknown): unknown =>
  error instanceof RecordingError ? new HubError(error.code, error.message) : error;
