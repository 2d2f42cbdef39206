import { RESERVED_TYPES, SIGNALING_LIMITS, type SignalingErrorCode } from '../../common/wire/signaling';

/** A JSON object as a client sent it: hostile. */
export type SignalObject = Readonly<Record<string, unknown>>;

/** A message that may be relayed, as it came and as it reads. */
export interface Incoming {
  /** UTF-8. */
  readonly bytes: Buffer;
  readonly message: SignalObject;
  readonly type: string;
}

/** Bad input: answered with one `error`; the connection goes on. */
export class SignalingFault extends Error {
  readonly code: SignalingErrorCode;
  constructor(code: SignalingErrorCode, message: string) {
    super(message);
    this.name = 'SignalingFault';
    this.code = code;
  }
}

/**
 * Parses one message.
 * @throws SignalingFault
 */
export function parseIncoming(bytes: Buffer): Incoming {
  if (bytes.length > SIGNALING_LIMITS.messageBytes) throw tooLarge();
  return checkIncoming(bytes, parseJson(bytes.toString('utf8')));
}

/**
 * Takes a message that is an object already.
 * @throws SignalingFault
 */
export function toIncoming(message: SignalObject): Incoming {
  checkDepth(message, 1);
  const bytes = Buffer.from(JSON.stringify(message));
  if (bytes.length > SIGNALING_LIMITS.messageBytes) throw tooLarge();
  return checkIncoming(bytes, message);
}

function checkIncoming(bytes: Buffer, value: unknown): Incoming {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SignalingFault('invalid_message', 'the message must be a JSON object');
  }
  const message = value as SignalObject;
  const { type } = message;
  if (typeof type !== 'string' || type === '') {
    throw new SignalingFault('invalid_message', 'the message has no type');
  }
  if (RESERVED_TYPES.includes(type)) {
    throw new SignalingFault('reserved_type', `only the hub sends messages of type ${type}`);
  }
  checkDepth(message, 1);
  return { bytes, message, type };
}

const tooLarge = (): SignalingFault =>
  new SignalingFault('too_large', `a message may have ${SIGNALING_LIMITS.messageBytes} bytes`);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SignalingFault('invalid_json', 'the message is not JSON');
  }
}

/** It calls itself, but never deeper than the limit: hostile nesting can't end the stack, here or where it is written anew. */
function checkDepth(value: object, depth: number): void {
  if (depth > SIGNALING_LIMITS.depth) {
    throw new SignalingFault('invalid_message', `the message is nested deeper than ${SIGNALING_LIMITS.depth}`);
  }
  for (const member of Object.values(value) as readonly unknown[]) {
    if (typeof member === 'object' && member !== null) checkDepth(member, depth + 1);
  }
}
