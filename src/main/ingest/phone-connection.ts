import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { FrameSource } from '../../common/model/frame';
import { CLOSE } from '../../common/wire/close-codes';
import type { Handshake, IngestError, Welcome } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import { AckText } from './ack-text';
import { settleBatch } from './batch';
import type { IngestContext } from './context';
import { Corked } from './corked';
import { parseFrame } from './frame-parser';
import { type BatchItem, type PhoneMessage, parseMessage } from './message-parser';
import type { AcceptedFrame, Admission, ConnectionInfo } from './ports';
import { ReplyQueue } from './reply-queue';

/** Where a connection comes from and whose key it showed. */
export interface ConnectionOrigin {
  readonly address: string;
  readonly localAddress: string | null;
  readonly userAgent: string | null;
  /** The device the key in URL or header belongs to; null for another kind of key or none. */
  readonly keyDeviceId: string | null;
}

/** How long a phone may send on through refusals before it is shut out, ms (docs/wire-protocol.md, section 3). */
const REFUSAL_PATIENCE_MS = 10_000;

/** One phone on `/pocket-parrot`. Handles its messages in order and answers in order. */
export class PhoneConnection implements ConnectionInfo {
  readonly address: string;
  readonly localAddress: string | null;
  readonly connectedAtMs: number;
  admission: Admission | null = null;
  frames = 0;
  readonly #socket: WebSocket;
  readonly #origin: ConnectionOrigin;
  readonly #context: IngestContext;
  readonly #replies: ReplyQueue;
  #acks: AckText | null = null;
  #source: FrameSource = 'pocket-parrot';
  #isHandshaken = false;
  #isEnding = false;
  #refusedSinceMs: number | null = null;

  /** @param raw what the socket sits on. */
  constructor(socket: WebSocket, raw: Duplex, origin: ConnectionOrigin, context: IngestContext) {
    this.address = origin.address;
    this.localAddress = origin.localAddress;
    this.connectedAtMs = context.clock.now();
    this.#socket = socket;
    this.#origin = origin;
    this.#context = context;
    const corked = new Corked(raw);
    this.#replies = new ReplyQueue((text) => {
      if (socket.readyState !== socket.OPEN) return;
      corked.cork();
      socket.send(text);
    });
  }

  /** One message as it came, of so many bytes; null when it was not text. Never throws for what a phone can do. */
  handle(text: string | null, size: number): void {
    if (this.#isEnding) return;
    try {
      if (text === null) throw new ProtocolError('invalid_json', 'the message is not UTF-8 text');
      this.#dispatch(parseMessage(text), size);
    } catch (error) {
      this.#refuse(error, {});
    }
  }

  /** Takes no more messages, answers those it has, then closes. */
  async end(code: number, reason: string): Promise<void> {
    await this.drain();
    this.#socket.close(code, reason);
  }

  /** Takes no more messages; resolves when those it has are answered. */
  async drain(): Promise<void> {
    this.#isEnding = true;
    await this.#replies.whenEmpty();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #dispatch(message: PhoneMessage, size: number): void {
    switch (message.type) {
      case 'handshake':
        this.#welcome(message.handshake);
        return;
      case 'data':
        this.#data(message, size);
        return;
      case 'batch':
        this.#batch(message.boot, message.frames, size);
        return;
    }
  }

  #welcome(handshake: Handshake): void {
    if (this.#isHandshaken) throw new ProtocolError('invalid_message', 'the handshake was done already');
    if (this.admission) throw new ProtocolError('invalid_message', 'a handshake must be the first message');
    this.#isHandshaken = true;
    if (handshake.client === 'perch-phone') this.#source = 'perch';
    const admission = this.#admit(handshake);
    this.#context.observer.handshaken(this, handshake.client ?? null);
    const answer = this.#replies.reserve();
    if (handshake.pair !== true) {
      answer(this.#welcomeMessage(admission));
      return;
    }
    this.#context.directory.issueKey(admission.deviceId).then(
      (deviceKey) => answer({ ...this.#welcomeMessage(admission), deviceKey }),
      (error: unknown) => answer(this.#errorFor(error, {})),
    );
  }

  #admit(handshake: Handshake | null): Admission {
    const { directory, observer } = this.#context;
    const tokenDeviceId = handshake?.token === undefined ? null : directory.deviceOfKey(handshake.token);
    const admission = directory.admit({
      keyDeviceId: this.#origin.keyDeviceId ?? tokenDeviceId,
      externalId: handshake?.deviceId ?? null,
      username: handshake?.username ?? null,
      platform: handshake?.platform ?? null,
      address: this.address,
      userAgent: this.#origin.userAgent,
    });
    this.admission = admission;
    observer.admitted(this);
    this.#context.replacePrevious(this, admission);
    return admission;
  }

  #welcomeMessage(admission: Admission): Welcome {
    const { clock, place } = this.#context;
    return {
      type: 'welcome',
      clientId: admission.clientId,
      message: 'Connected to multi-user server',
      serverTime: new Date(clock.now()).toISOString(),
      deviceId: admission.deviceId,
      sessionId: place.sessionId(),
      hubId: place.hubId,
      addresses: place.addresses(),
      state: 'active',
      protocol: 1,
    };
  }

  #data(message: Extract<PhoneMessage, { type: 'data' }>, size: number): void {
    const received = idOf(message.data);
    const { boot, seq } = message;
    try {
      const parsed = parseFrame(message.data);
      const admission = this.admission ?? this.#admit(null);
      if (this.#isOverRate(admission, 1, size, () => echoOf(received, boot, seq))) return;
      const frame = this.#accepted(admission, parsed, boot, seq, message.timestampMs);
      const stored = this.#context.sink.append(frame);
      const answer = this.#replies.reserve();
      stored.then(
        (outcome) => {
          if (outcome.kind === 'stored') this.frames += 1;
          this.#acks ??= new AckText(admission.clientId);
          answer(this.#acks.of(this.#context.clock.now(), received, boot, seq));
        },
        (error: unknown) => answer(this.#errorFor(error, echoOf(received, boot, seq))),
      );
      this.#context.afterSubmit();
    } catch (error) {
      this.#refuse(error, echoOf(received, boot, seq));
    }
  }

  #batch(boot: string, items: readonly BatchItem[], size: number): void {
    const admission = this.admission ?? this.#admit(null);
    if (this.#isOverRate(admission, items.length, size, () => ({ boot }))) return;
    const answer = this.#replies.reserve();
    const accept = (item: BatchItem): AcceptedFrame =>
      this.#accepted(admission, parseFrame(item.data), boot, item.seq, null);
    settleBatch(items, boot, admission, accept, this.#context).then(
      (ack) => {
        this.frames += ack.stored;
        for (const one of ack.refused) this.#context.observer.refused(this, one.code);
        answer(ack);
      },
      (error: unknown) => answer(this.#errorFor(error, { boot })),
    );
    this.#context.afterSubmit();
  }

  #accepted(
    admission: Admission,
    parsed: AcceptedFrame['parsed'],
    boot: string | null,
    seq: number | null,
    messageMs: number | null,
  ): AcceptedFrame {
    const { deviceId, flags } = admission;
    const capturedAtMs = parsed.capturedAtMs ?? messageMs;
    // Half a number counts nothing.
    const number = boot === null || seq === null ? { boot: null, seq: null } : { boot, seq };
    return { deviceId, source: this.#source, ...number, capturedAtMs, flags, parsed };
  }

  /** Answers `rate_limited` when the device sends too much; shuts it out when it won't stop. */
  #isOverRate(admission: Admission, frames: number, size: number, echo: () => Partial<IngestError>): boolean {
    const { clock, frameLimiter, byteLimiter } = this.#context;
    const nowMs = clock.now();
    const { deviceId } = admission;
    const retryAfterMs = Math.max(
      frameLimiter.waitMs(deviceId, frames, nowMs),
      byteLimiter.waitMs(deviceId, size, nowMs),
    );
    if (retryAfterMs === 0) {
      frameLimiter.take(deviceId, frames, nowMs);
      byteLimiter.take(deviceId, size, nowMs);
      this.#refusedSinceMs = null;
      return false;
    }
    const error = new ProtocolError('rate_limited', 'too many frames; send fewer and try this one again later');
    this.#refuse(error, { ...echo(), retryAfterMs });
    this.#refusedSinceMs ??= nowMs;
    if (nowMs - this.#refusedSinceMs > REFUSAL_PATIENCE_MS) void this.end(CLOSE.policyViolation, 'Rate limit ignored');
    return true;
  }

  #refuse(error: unknown, echo: Partial<IngestError>): void {
    this.#replies.add(this.#errorFor(error, echo));
  }

  /** The answer to bad input. Anything else is a bug of ours: the log learns it, the phone keeps its frame and tries again. */
  #errorFor(error: unknown, echo: Partial<IngestError>): IngestError {
    if (!(error instanceof ProtocolError)) {
      this.#context.onBug(error);
      return {
        type: 'error',
        code: 'storage_unavailable',
        message: 'the hub failed to keep this; try again later',
        ...echo,
      };
    }
    this.#context.observer.refused(this, error.code);
    return { type: 'error', code: error.code, message: error.message, ...echo };
  }
}

/** The frame's own id, for the answer, whether or not the rest of it is in order. */
function idOf(data: unknown): string | number | null {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** What of a message its answer names. */
const echoOf = (received: string | number | null, boot: string | null, seq: number | null): Partial<IngestError> => ({
  received,
  ...(boot === null ? {} : { boot }),
  ...(seq === null ? {} : { seq }),
});
