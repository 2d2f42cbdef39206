import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appended } from '../../common/model/delivery';
import { ProtocolError } from '../../common/wire/protocol-error';
import { APPS, type App, type AppMessage } from './adapters';
import { hashOfItem } from './app-endpoint-item-hash';
import { AppPresence } from './app-endpoint-presence';
import { toAppRequest, toExternalId, toShownName } from './app-endpoint-request';
import { type ParsedFrame, parseFrame } from './frame-parser';
import { keyOf } from './key-of';
import { LaterError } from './later-error';
import { assertLetIn } from './pending';
import type { Admission, Claim, ConnectionInfo, DeviceDirectory, FrameSink, SenderObserver } from './ports';
import type { RateLimiter } from './rate-limiter';

/** What the endpoints of native apps are built from. */
export interface AppEndpointOptions {
  readonly directory: DeviceDirectory;
  readonly sink: FrameSink;
  readonly observer: SenderObserver;
  readonly clock: { now(): number };
  /** What every device is held to, whichever way it sends. */
  readonly frameLimiter: RateLimiter;
  readonly byteLimiter: RateLimiter;
}

/** `/owntracks`, `/osmand`, `/sensorlogger`, `/gpslogger`, `/overland`: native apps come in here. */
export interface AppEndpoints {
  /** Resolves when every request received has its answer; nobody is online any more. */
  drain(): Promise<void>;
}

type Caller = FastifyRequest['caller'];

/** Seconds after which an app may try again what could not be stored now. */
const STORAGE_RETRY_S = 5;

/** Adds a route for each app, with the key in the path too; requests are answered after the commit only. */
export function registerAppEndpoints(http: FastifyInstance, options: AppEndpointOptions): AppEndpoints {
  const door = new AppDoor(options);
  void http.register((scope, _options, done) => {
    // Bodies come as they are: what they mean is the adapter's to say, whatever type they claim.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    for (const app of APPS) {
      for (const url of [app.path, `${app.path}/:key`]) {
        scope.route({
          method: [...app.methods],
          url,
          config: { access: 'ingest' },
          // A HEAD would store what it asks about.
          exposeHeadRoute: false,
          handler: (request, reply) => door.take(app, request, reply),
        });
      }
    }
    done();
  });
  return { drain: () => door.drain() };
}

/** Takes requests one by one; all state is who is there and how much they sent. */
class AppDoor {
  readonly #options: AppEndpointOptions;
  readonly #presence: AppPresence;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: AppEndpointOptions) {
    this.#options = options;
    this.#presence = new AppPresence(options);
  }

  async take(app: App, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const answered = new Promise<void>((resolve) => reply.raw.once('close', resolve));
    this.#underWay.add(answered);
    void answered.then(() => this.#underWay.delete(answered));
    try {
      await this.#store(app, request);
    } catch (error) {
      const retryAfterS = retryAfter(error);
      if (retryAfterS !== null) void reply.header('retry-after', retryAfterS);
      throw error;
    }
    return app.answer ?? reply.code(200).send();
  }

  async drain(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#presence.stop();
  }

  /** @throws ProtocolError when nothing of it is stored, or not all that could be */
  async #store(app: App, request: FastifyRequest): Promise<void> {
    const { url, headers, caller } = request;
    const body = Buffer.isBuffer(request.body) ? request.body : null;
    const asked = toAppRequest({ url, headers, body });
    const message = app.read(asked);
    if (message.frames.length === 0) return;
    const admission = this.#options.directory.admit(
      claimOf(app, message, asked.fields.get('name')?.[0] ?? null, caller),
    );
    const { address, localAddress } = caller;
    let isHeld = false;
    try {
      assertLetIn(this.#options.directory, admission.deviceId);
      const sender = this.#senderOf(admission, caller);
      const frames = this.#parse(message, sender);
      try {
        this.#checkRate(admission, frames.length, body?.length ?? url.length);
        await this.#append(app, admission, frames);
      } catch (error) {
        if (error instanceof ProtocolError) this.#options.observer.refused(sender, error.code, frames.length);
        throw error;
      }
      this.#presence.sent(admission, { address, localAddress, client: app.source }, frames.length);
      isHeld = true;
    } finally {
      if (!isHeld) this.#options.directory.release(admission.deviceId);
    }
  }

  /**
   * One bad item never refuses its neighbours: apps send the whole of a refused request again, for ever.
   * @throws ProtocolError the first fault, when no item is good
   */
  #parse(message: AppMessage, sender: ConnectionInfo): readonly ParsedFrame[] {
    const frames: ParsedFrame[] = [];
    const faults: ProtocolError[] = [];
    for (const frame of message.frames) {
      try {
        frames.push(parseFrame(frame));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        faults.push(error);
      }
    }
    for (const { code } of faults) this.#options.observer.refused(sender, code, 1);
    if (frames.length === 0 && faults[0]) throw faults[0];
    return frames;
  }

  #senderOf(admission: Admission, caller: Caller): ConnectionInfo {
    return { ...caller, connectedAtMs: this.#options.clock.now(), admission, frames: 0 };
  }

  /** Counts what a device sends. @throws ProtocolError rate_limited */
  #checkRate({ deviceId }: Admission, frames: number, bytes: number): void {
    const { frameLimiter, byteLimiter, clock } = this.#options;
    const nowMs = clock.now();
    const waitMs = Math.max(frameLimiter.waitMs(deviceId, frames, nowMs), byteLimiter.waitMs(deviceId, bytes, nowMs));
    if (waitMs > 0) throw new RateLimited(waitMs);
    frameLimiter.take(deviceId, frames, nowMs);
    byteLimiter.take(deviceId, bytes, nowMs);
  }

  /** @throws ProtocolError storage_unavailable: the app has to send it again */
  async #append(app: App, { deviceId, flags }: Admission, frames: readonly ParsedFrame[]): Promise<void> {
    const { sink } = this.#options;
    // A socket is paused meanwhile; a request is in memory already, and many of them would have no bound.
    if (sink.isSaturated()) throw new ProtocolError('storage_unavailable', 'the disk is behind; try again later');
    await Promise.all(
      frames.map((parsed) =>
        appended(sink, {
          deviceId,
          source: app.source,
          boot: null,
          seq: null,
          capturedAtMs: parsed.capturedAtMs,
          itemHash: hashOfItem(app, parsed.data),
          flags,
          parsed,
        }),
      ),
    );
  }
}

class RateLimited extends ProtocolError {
  readonly waitMs: number;
  constructor(waitMs: number) {
    super('rate_limited', 'too many frames; send fewer and try this one again later');
    this.waitMs = waitMs;
  }
}

/** Seconds (RFC 9110, section 10.2.3); null when trying again is of no use. */
function retryAfter(error: unknown): number | null {
  if (error instanceof RateLimited) return Math.ceil(error.waitMs / 1000);
  if (error instanceof LaterError) return Math.ceil(error.retryAfterMs / 1000);
  return error instanceof ProtocolError && error.code === 'storage_unavailable' ? STORAGE_RETRY_S : null;
}

/**
 * Whose it is: the device its key belongs to, else the one of that app with that id.
 * @param saidName of the address the app was given: `&name=Ann`
 */
function claimOf(app: App, { id, name }: AppMessage, saidName: string | null, caller: Caller): Claim {
  const { identity, address, userAgent } = caller;
  const { keyDeviceId, isPersonalKey } = keyOf(identity);
  if (id === null && keyDeviceId === null) {
    throw new ProtocolError(
      'invalid_message',
      'the device id is missing: set one in the app, so that phones can be told apart',
    );
  }
  return {
    keyDeviceId,
    isPersonalKey,
    externalId: id === null ? null : toExternalId(app.source, id),
    // The name of a paired phone is its page's to say.
    username: keyDeviceId === null ? (toShownName(saidName) ?? toShownName(name)) : null,
    platform: app.source,
    address,
    userAgent,
  };
}
