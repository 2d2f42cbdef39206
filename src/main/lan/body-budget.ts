import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { createOccupancy } from './occupancy';

/** Seconds after which a request that found no room may come again. */
const RETRY_S = 5;

/** See LIMITS: `requestBytes`, `requestsPerAddress`, `requestPauseMs`. */
interface BodyLimits {
  readonly bytes: number;
  readonly perAddress: number;
  readonly pauseMs: number;
}

/** As settled in docs/wire-protocol.md, section 3. */
export const BODY_LIMITS: BodyLimits = {
  bytes: LIMITS.requestBytes,
  perAddress: LIMITS.requestsPerAddress,
  pauseMs: LIMITS.requestPauseMs,
};

/**
 * Holds the bodies of all requests within one budget of memory, from their first byte until the answer is through, and each
 * address to its share of them. Over the budget: 503 `storage_unavailable`; over the share: 429, both with `Retry-After`; a body
 * that stands still: 400.
 */
export function addBodyBudget(http: FastifyInstance, limits: BodyLimits): void {
  const open = createOccupancy();
  let held = 0;
  http.addHook('preParsing', (request, reply, payload, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && (length === undefined || length === '0')) {
      done();
      return;
    }
    const { address, isLoopback } = request.caller;
    if (!isLoopback && open.ofAddress(address) >= limits.perAddress) {
      void reply.header('retry-after', RETRY_S);
      done(new ProtocolError('rate_limited', 'too many requests of this address at once; try again later'));
      return;
    }
    let own = 0;
    open.add(address);
    reply.raw.once('close', () => {
      open.remove(address);
      held -= own;
      own = 0;
    });
    const take = (bytes: number): ProtocolError | null => {
      if (reply.raw.destroyed) return null;
      own += bytes;
      held += bytes;
      if (held <= limits.bytes) return null;
      void reply.header('retry-after', RETRY_S);
      return new ProtocolError('storage_unavailable', 'too much is being sent to the hub at once; try again later');
    };
    done(null, payload.pipe(new CountedBody(take, limits.pauseMs)));
  });
}

/** A body that counts itself, and gives up when nothing more comes. */
class CountedBody extends Transform {
  readonly #take: (bytes: number) => ProtocolError | null;
  readonly #timer: NodeJS.Timeout;

  constructor(take: (bytes: number) => ProtocolError | null, pauseMs: number) {
    super();
    this.#take = take;
    this.#timer = setTimeout(() => {
      this.destroy(new ProtocolError('invalid_message', 'the rest of the body did not come'));
    }, pauseMs);
    this.#timer.unref();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#timer.refresh();
    const refusal = this.#take(chunk.length);
    if (refusal) done(refusal);
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.#timer);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }
}
