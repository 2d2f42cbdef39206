import type { FrameSource } from '../../common/model/frame';
import { CLOSE } from '../../common/wire/close-codes';
import type { BatchAck, Handshake, HubToPhone, IngestError } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { AckText } from './ack-text';
import { answerPing } from './answer-ping';
import { answerTo } from './answer-to';
import { settleBatch, settleDropped } from './batch';
import { type ConnectionOrigin, claimOf } from './connection-origin';
import type { IngestContext } from './context';
import type { ControlMessage, WordMessage } from './control-parser';
import { echoOf, idOf } from './echo';
import { type ParsedFrame, parseFrame } from './frame-parser';
import { LaterError } from './later-error';
import { FaultyFrame, type PhoneMessage, parseMessage } from './message-parser';
import { PendingError } from './pending';
import type { PhoneLine } from './phone-lines';
import type { PhoneLink } from './phone-link';
import { type AcceptedFrame, type Admission, type ConnectionInfo, KickedError, type TurnedAway } from './ports';
import { RateGate } from './rate-gate';
import { ReplyQueue } from './reply-queue';
import { welcomeOf } from './welcome';
import { wordToFrame } from './words';

/** What a frame is called by its phone, for the answer and the count. */
interface Envelope extends Pick<AcceptedFrame, 'boot' | 'seq'> {
  readonly received: string | number | null;
  readonly timestampMs: number | null;
}

function raise(error: Error): never {
  throw error;
}

/** Connections so far: each has a bucket of its own until it is known whose it is. */
let unnamed = 0;

/** One phone on `/pocket-parrot`. Handles its messages in order and answers in order. */
export class PhoneConnection implements ConnectionInfo {
  readonly address: string;
  readonly localAddress: string | null;
  readonly connectedAtMs: number;
  readonly userAgent: string | null;
  /** When its last message came. */
  heardAtMs: number;
  admission: Admission | null = null;
  /** A key was issued over it: the phone needs no other from here on. */
  hasOwnKey = false;
  frames = 0;
  readonly #link: PhoneLink;
  readonly #origin: ConnectionOrigin;
  readonly #context: IngestContext;
  /** What only a phone that says something needs: made when it does. */
  #queue: ReplyQueue | null = null;
  #openGate: RateGate | null = null;
  #ownRateName: string | null = null;
  #line: PhoneLine | null = null;
  #acks: AckText | null = null;
  #source: FrameSource;
  #isHandshaken = false;
  #isEnding = false;
  /** Who it was, when the operator has removed this phone. */
  #removed: TurnedAway | null = null;
  #isGone = false;

  constructor(link: PhoneLink, origin: ConnectionOrigin, context: IngestContext) {
    this.address = origin.address;
    this.localAddress = origin.localAddress;
    this.userAgent = origin.userAgent;
    this.connectedAtMs = context.clock.now();
    this.heardAtMs = this.connectedAtMs;
    this.#link = link;
    this.#origin = origin;
    this.#source = origin.source ?? 'pocket-parrot';
    this.#context = context;
  }

  /** One message as it came, of so many bytes; null when it was not text. Never throws for what a phone can do. */
  handle(text: string | null, size: number): void {
    this.heardAtMs = this.#context.clock.now();
    if (this.#isEnding) {
      if (this.#removed) this.#hearRemoved(this.#removed, text, size);
      return;
    }
    try {
      this.#take(text, size);
    } catch (error) {
      if (!(error instanceof KickedError)) {
        this.#refuse(error, {});
        return;
      }
      this.#removed = error.device;
      this.#hearRemoved(error.device, text, size);
      void this.end(CLOSE.kicked, 'Removed by the operator');
    }
  }

  #take(text: string | null, size: number): void {
    let message: PhoneMessage;
    try {
      if (text === null) throw new ProtocolError('invalid_json', 'the message is not UTF-8 text');
      message = parseMessage(text);
    } catch (error) {
      if (error instanceof FaultyFrame) this.#store(() => raise(error), { ...error, timestampMs: null }, size);
      // A flood of nonsense is a flood.
      else if (!this.#isOverRate(1, size, {})) this.#refuse(error, {});
      return;
    }
    this.#dispatch(message, size);
  }

  /** A phone that was removed stores nothing, but nobody's call for help goes unheard: what came before it learnt so too. */
  #hearRemoved(device: TurnedAway, text: string | null, size: number): void {
    if (text === null || size > LIMITS.firstMessageBytes) return;
    try {
      const message = parseMessage(text);
      if (message.type === 'word' && message.kind === 'sos')
        this.#context.observer.saidRemoved(device, this.address, wordToFrame(message));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
  }

  /** Takes no more messages, answers those it has, then closes. */
  async end(code: number, reason: string): Promise<void> {
    await this.drain();
    this.#link.close(code, reason);
  }

  /** Takes no more messages; resolves when those it has are answered. */
  async drain(): Promise<void> {
    this.#isEnding = true;
    await this.#queue?.whenEmpty();
    // Whoever waits for it may close the socket at once.
    this.#link.flush();
  }

  /** The phone is gone. */
  leave(): void {
    this.#isGone = true;
    if (this.#line) this.#context.lines.remove(this.#line);
    if (!this.admission) return;
    this.#context.replacements?.leave(this, this.admission.deviceId);
    this.#context.directory.release(this.admission.deviceId);
  }

  get #replies(): ReplyQueue {
    this.#queue ??= new ReplyQueue((text) => this.#link.send(text));
    return this.#queue;
  }

  get #gate(): RateGate {
    this.#openGate ??= new RateGate(this.#context);
    return this.#openGate;
  }

  get #rateName(): string {
    this.#ownRateName ??= this.#origin.rateName ?? `#${++unnamed}`;
    return this.#ownRateName;
  }

  pause(): void {
    this.#link.pause();
  }

  resume(): void {
    this.#link.resume();
  }

  #dispatch(message: PhoneMessage, size: number): void {
    switch (message.type) {
      case 'handshake':
        this.#welcome(message.handshake, size);
        return;
      case 'data':
        this.#data(message, size);
        return;
      case 'batch':
        this.#batch(message, size);
        return;
      case 'word':
        this.#word(message, size);
        return;
      default:
        this.#control(message, size);
    }
  }

  #welcome(handshake: Handshake, size: number): void {
    if (this.#isOverRate(1, size, {})) return;
    if (this.#isHandshaken) throw new ProtocolError('invalid_message', 'the handshake was done already');
    if (this.admission) throw new ProtocolError('invalid_message', 'a handshake must be the first message');
    if (handshake.client === 'perch-phone') this.#source = 'perch';
    const admission = this.#admit(handshake);
    if (!admission) return;
    this.#isHandshaken = true;
    this.#context.observer.handshaken(this, handshake.client ?? null);
    const reply = this.#replies.reserve();
    const welcome = (deviceKey: { readonly deviceKey?: string }): void => {
      this.hasOwnKey = deviceKey.deviceKey !== undefined;
      this.#replies.fill(reply, { ...welcomeOf(admission, this.localAddress, this.#context), ...deviceKey });
      this.#openLine(admission, handshake.protocol === 1);
    };
    if (handshake.pair !== true) {
      welcome({});
      return;
    }
    this.#context.directory.issueKey(admission.deviceId).then(
      (deviceKey) => welcome({ deviceKey }),
      (error: unknown) => this.#replies.fill(reply, this.#errorFor(error, {})),
    );
  }

  /** From here on the operator reaches this phone. */
  #openLine(admission: Admission, isListening: boolean): void {
    const { deviceId } = admission;
    // Its key may have been issued after it left.
    if (this.#line || this.#isGone) return;
    const say = (message: HubToPhone): void => this.#link.send(JSON.stringify(message));
    const welcome = (): void => {
      if (this.#isHandshaken) say(welcomeOf(admission, this.localAddress, this.#context));
    };
    this.#line = { deviceId, isListening, say, welcome, end: (code, reason) => this.end(code, reason) };
    this.#context.lines.add(this.#line);
    if (isListening) this.#context.observer.listening(deviceId);
  }

  /** @returns null when it has to go: two phones are pushing each other out. */
  #admit(handshake: Handshake | null): Admission | null {
    const { directory, observer, replacements } = this.#context;
    const admission = directory.admit(claimOf(this.#origin, handshake, directory));
    const { waitMs, isNews } = replacements?.take(this, admission) ?? { waitMs: 0, isNews: false };
    if (waitMs > 0) {
      directory.release(admission.deviceId);
      if (isNews) observer.fought(admission, this.address);
      const message = 'another phone is connected as this device; each pushed the other out';
      this.#replies.add({ type: 'error', code: 'rate_limited', message, retryAfterMs: waitMs } satisfies IngestError);
      void this.end(CLOSE.tryAgainLater, 'Another connection of this device is open');
      return null;
    }
    this.admission = admission;
    observer.admitted(this);
    if (handshake === null) this.#openLine(admission, false);
    return admission;
  }

  #data({ data, text, timestampMs, boot, seq }: Extract<PhoneMessage, { type: 'data' }>, size: number): void {
    this.#store(() => parseFrame(data, text), { received: idOf(data), boot, seq, timestampMs }, size);
  }

  #word(message: WordMessage, size: number): void {
    const { kind, to, id: received, boot, seq, timestampMs } = message;
    // One that has a number is stored like the others: else it would leave a hole.
    if (kind === 'read' && (boot === null || seq === null)) {
      const admission = this.admission ?? this.#admit(null);
      if (!admission || this.#isOverRate(1, size, {})) return;
      if (this.#isPending(admission, {})) return;
      if (to !== null) this.#context.observer.read(admission.deviceId, to);
      return;
    }
    this.#store(() => wordToFrame(message), { received, boot, seq, timestampMs }, size);
  }

  /** Stores one frame and acks it after the commit. */
  #store(parse: () => ParsedFrame, envelope: Envelope, size: number): void {
    // Before it is parsed, where it is known whose it is: bad frames count as well.
    const isKnown = this.admission !== null;
    if (isKnown && this.#isFrameOverRate(envelope, size)) return;
    try {
      const parsed = parse();
      const admission = this.admission ?? this.#admit(null);
      if (!admission || (!isKnown && this.#isFrameOverRate(envelope, size))) return;
      if (this.#context.directory.stateOf(admission.deviceId) === 'pending') {
        this.#context.observer.saidWaiting(this, parsed);
        throw new PendingError();
      }
      this.#append(this.#accepted(admission, parsed, envelope.boot, envelope.seq, envelope.timestampMs), envelope);
    } catch (error) {
      if (error instanceof KickedError) throw error;
      if (isKnown || !this.#isFrameOverRate(envelope, size)) this.#refuseFrame(error, envelope);
    }
  }

  #append(frame: AcceptedFrame, { received, boot, seq }: Envelope): void {
    const reply = this.#replies.reserve();
    const failed = (error: unknown): void =>
      this.#replies.fill(reply, this.#errorFor(error, echoOf(received, boot, seq), 1));
    try {
      this.#context.sink.append(frame, {
        stored: ({ kind }) => {
          if (kind === 'stored') this.frames += 1;
          this.#acks ??= new AckText(this.admission?.clientId ?? '');
          this.#replies.fill(reply, this.#acks.of(this.#context.clock.now(), received, boot, seq));
        },
        failed,
      });
    } catch (error) {
      failed(error);
    }
    this.#context.afterSubmit();
  }

  #isFrameOverRate({ received, boot, seq }: Envelope, size: number): boolean {
    const retryAfterMs = this.#takeRate(1, size);
    if (retryAfterMs === 0) return false;
    this.#refuseRate(retryAfterMs, echoOf(received, boot, seq), 1);
    return true;
  }

  /** A frame that will never be stored: its number is settled before the answer leaves, or it would count as missing. */
  #refuseFrame(error: unknown, { received, boot, seq }: Envelope): void {
    const echo = echoOf(received, boot, seq);
    const isForGood = error instanceof ProtocolError && !(error instanceof LaterError);
    if (!isForGood || boot === null || seq === null) {
      this.#refuse(error, echo, 1);
      return;
    }
    const admission = this.admission ?? this.#admit(null);
    // Settled when it comes again and its phone was let in.
    if (!admission || this.#isPending(admission, echo)) return;
    const reply = this.#replies.reserve();
    this.#context.sink.appendBatch([], boot, [seq], admission.deviceId).then(
      () => this.#replies.fill(reply, this.#errorFor(error, echo, 1)),
      (failure: unknown) => this.#replies.fill(reply, this.#errorFor(failure, echo, 1)),
    );
    this.#context.afterSubmit();
  }

  #batch({ boot, frames, isBackfill }: Extract<PhoneMessage, { type: 'batch' }>, size: number): void {
    const admission = this.admission ?? this.#admit(null);
    if (!admission || this.#isOverRate(frames.length, size, { boot }, frames.length)) return;
    if (this.#isPending(admission, { boot })) return;
    const settled = settleBatch(
      frames,
      boot,
      admission,
      ({ seq, data }) => ({ ...this.#accepted(admission, parseFrame(data), boot, seq, null), isBackfill }),
      this.#context,
    );
    this.#answerBatch(settled, boot, frames.length);
  }

  #control(message: Exclude<ControlMessage, WordMessage>, size: number): void {
    const { type } = message;
    if (type === 'ping') {
      if (!this.#isOverRate(1, size, {}))
        answerPing(message, this.admission?.deviceId ?? null, this.#link, this.#context);
      return;
    }
    const admission = this.admission ?? this.#admit(null);
    if (!admission || this.#isOverRate(1, size, {})) return;
    if (type === 'dropped' && this.#isPending(admission, { boot: message.boot })) return;
    if (type === 'status') this.#context.observer.reported(admission.deviceId, message.status);
    else {
      const { ranges, boot } = message;
      this.#answerBatch(settleDropped(ranges, boot, admission, this.#context), boot, 0);
    }
  }

  #answerBatch(settled: Promise<BatchAck>, boot: string, frames: number): void {
    const reply = this.#replies.reserve();
    settled.then(
      (ack) => {
        this.frames += ack.stored;
        for (const one of ack.refused) this.#context.observer.refused(this, one.code, 1);
        this.#replies.fill(reply, ack);
      },
      (error: unknown) => this.#replies.fill(reply, this.#errorFor(error, { boot }, frames)),
    );
    this.#context.afterSubmit();
  }

  #accepted(
    admission: Admission,
    parsed: ParsedFrame,
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

  /** True, and answered, while the operator has not let it in. */
  #isPending({ deviceId }: Admission, echo: Partial<IngestError>): boolean {
    if (this.#context.directory.stateOf(deviceId) === 'active') return false;
    this.#refuse(new PendingError(), echo);
    return true;
  }

  /**
   * Answers `rate_limited` when the device sends too much; shuts it out when it won't stop.
   * @param tokens counted against the rate. @param frames that are refused with it
   */
  #isOverRate(tokens: number, size: number, echo: Partial<IngestError>, frames = 0): boolean {
    const retryAfterMs = this.#takeRate(tokens, size);
    if (retryAfterMs === 0) return false;
    this.#refuseRate(retryAfterMs, echo, frames);
    return true;
  }

  /** @returns 0, or how long to wait, ms. */
  #takeRate(tokens: number, size: number): number {
    return this.#gate.take(this.admission?.deviceId ?? this.#rateName, tokens, size, this.heardAtMs);
  }

  #refuseRate(retryAfterMs: number, echo: Partial<IngestError>, frames: number): void {
    const error = new ProtocolError('rate_limited', 'too many frames; send fewer and try this one again later');
    this.#refuse(error, { ...echo, retryAfterMs }, frames);
    if (this.#gate.isIgnored) void this.end(CLOSE.policyViolation, 'Rate limit ignored');
  }

  #refuse(error: unknown, echo: Partial<IngestError>, frames = 0): void {
    this.#replies.add(this.#errorFor(error, echo, frames));
  }

  /** @param frames refused with it; 0: a message that is none */
  #errorFor(error: unknown, echo: Partial<IngestError>, frames = 0): IngestError {
    return answerTo(error, echo, {
      onBug: (bug) => this.#context.onBug(bug),
      onRefused: (code) => this.#context.observer.refused(this, code, frames),
    });
  }
}
