import type { WebSocket } from 'ws';

/** What `ws` holds of messages that are not whole yet (lib/receiver.js). Not public: message-budget.test.ts keeps us honest. */
interface Receiver {
  /** Of the frame that is coming in, as it came. */
  _buffers: Uint8Array[];
  _bufferedBytes: number;
  /** Frames of the message before that one, unmasked. */
  _fragments: Uint8Array[];
}

/** A piece on the heap, beside its bytes: a Buffer, its store, its place in a list. */
const PIECE_BYTES = 256;

const receiverOf = (socket: WebSocket): Receiver | null =>
  (socket as unknown as { readonly _receiver: Receiver | null })._receiver;

/**
 * Memory that a socket's unfinished message takes. Pieces are views: one byte of a chunk keeps the whole chunk, so it is the
 * chunks that count. Between two messages there are no pieces, and this costs next to nothing.
 */
export function unfinishedBytes(socket: WebSocket): number {
  const receiver = receiverOf(socket);
  return receiver === null ? 0 : bytesOf(receiver._buffers) + bytesOf(receiver._fragments);
}

function bytesOf(pieces: readonly Uint8Array[]): number {
  let bytes = 0;
  let last: ArrayBufferLike | null = null;
  for (const { buffer } of pieces) {
    bytes += PIECE_BYTES + (buffer === last ? 0 : buffer.byteLength);
    last = buffer;
  }
  return bytes;
}

/** Lets go of it at once: a socket that is closed keeps it until the other end is gone. Nothing more may be read of it. */
export function dropUnfinished(socket: WebSocket): void {
  const receiver = receiverOf(socket);
  if (receiver === null) return;
  receiver._buffers = [];
  receiver._bufferedBytes = 0;
  receiver._fragments = [];
}
