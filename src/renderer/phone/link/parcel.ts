import type { HubToPhone, IngestError } from '../../../common/wire/ingest';
import { toBatchMessage } from '../queue/batch-message';
import type { Gap, QueuedBatch, QueuedRow } from '../queue/batches';

/** One message under way that the hub answers. */
export type Parcel =
  | { readonly kind: 'batch'; readonly batch: QueuedBatch; readonly live: boolean }
  | { readonly kind: 'word'; readonly word: QueuedRow }
  | { readonly kind: 'gap'; readonly gap: Gap };

export function toText(parcel: Parcel): string {
  switch (parcel.kind) {
    case 'batch':
      return toBatchMessage(parcel.batch, parcel.live);
    case 'word': {
      const { boot, seq, body } = parcel.word;
      return `{"boot":${JSON.stringify(boot.name)},"seq":${seq},${body.slice(1)}`;
    }
    case 'gap':
      return JSON.stringify({ type: 'dropped', boot: parcel.gap.boot, ranges: parcel.gap.ranges });
  }
}

/** About; a gap is small whatever it holds. */
export const sizeOf = (parcel: Parcel): number => {
  switch (parcel.kind) {
    case 'batch':
      return parcel.batch.sizeBytes;
    case 'word':
      return parcel.word.sizeBytes;
    case 'gap':
      return 0;
  }
};

/** Whether a message of the hub answers it, well or badly. Answers come in the order of what was sent. */
export function isAnsweredBy(parcel: Parcel, message: HubToPhone): boolean {
  if (message.type === 'error') return isAbout(parcel, message);
  if (message.type !== 'ack') return false;
  switch (parcel.kind) {
    case 'batch': {
      const { boot, frames } = parcel.batch;
      const first = frames[0]?.seq ?? 0;
      if (!('settled' in message) || message.boot !== boot.name) return false;
      // The ack of frames that were given up has the same boot, and nothing in it.
      const isOfFrames = message.stored + message.duplicates + message.refused.length > 0;
      return isOfFrames && message.settled.some(([from, to]) => from <= first && first <= to);
    }
    case 'word':
      return 'seq' in message && message.boot === parcel.word.boot.name && message.seq === parcel.word.seq;
    case 'gap': {
      if (!('settled' in message) || message.boot !== parcel.gap.boot) return false;
      const isOfFrames = message.stored + message.duplicates + message.refused.length > 0;
      return !isOfFrames && JSON.stringify(message.settled) === JSON.stringify(parcel.gap.ranges);
    }
  }
}

/** The hub names the boot of a batch it could read, and the number of a word. `unknown_type` is about none of them. */
function isAbout(parcel: Parcel, { boot, seq, code }: IngestError): boolean {
  if (parcel.kind === 'word') return boot === parcel.word.boot.name && seq === parcel.word.seq;
  if (boot === undefined) return code !== 'unknown_type';
  if (parcel.kind === 'gap') return boot === parcel.gap.boot && seq === undefined;
  const isOfBatch = seq === undefined || parcel.batch.frames.some((frame) => frame.seq === seq);
  return boot === parcel.batch.boot.name && isOfBatch;
}
