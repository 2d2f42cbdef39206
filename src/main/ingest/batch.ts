import type { SeqRange } from '../../common/model/delivery';
import type { BatchAck, RefusedFrame } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { IngestContext } from './context';
import type { BatchItem, NumberedItem } from './message-parser';
import type { AcceptedFrame, Admission } from './ports';

/** Stores what is in order of a batch and names what is not: one bad frame never refuses its neighbours. */
export async function settleBatch(
  items: readonly BatchItem[],
  boot: string,
  admission: Admission,
  accept: (item: NumberedItem) => AcceptedFrame,
  { sink, clock }: Pick<IngestContext, 'sink' | 'clock'>,
): Promise<BatchAck> {
  const accepted: AcceptedFrame[] = [];
  const refused: RefusedFrame[] = [];
  for (const item of items) {
    try {
      if (item.seq === null) throw item.fault;
      accepted.push(accept(item));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refused.push({ seq: item.seq, code: error.code, message: error.message });
    }
  }
  const refusedSeqs = numbersOf(refused);
  const { outcomes, upTo } = await sink.appendBatch(accepted, boot, refusedSeqs, admission.deviceId);
  const stored = outcomes.filter((one) => one.kind === 'stored').length;
  return {
    type: 'ack',
    timestamp: new Date(clock.now()).toISOString(),
    clientId: admission.clientId,
    boot,
    upTo,
    settled: toRanges(numbersOf(items)),
    stored,
    duplicates: outcomes.length - stored,
    refused,
  };
}

const numbersOf = (items: ReadonlyArray<{ readonly seq: number | null }>): number[] =>
  items.flatMap(({ seq }) => (seq === null ? [] : [seq]));

/** Settles what a phone gave up. */
export async function settleDropped(
  ranges: readonly SeqRange[],
  boot: string,
  { deviceId, clientId }: Admission,
  { sink, clock }: Pick<IngestContext, 'sink' | 'clock'>,
): Promise<BatchAck> {
  const upTo = await sink.recordDropped(ranges, boot, deviceId);
  const timestamp = new Date(clock.now()).toISOString();
  return { type: 'ack', timestamp, clientId, boot, upTo, settled: ranges, stored: 0, duplicates: 0, refused: [] };
}

/** Whole numbers in any order as rising ranges without overlap. */
export function toRanges(numbers: readonly number[]): readonly SeqRange[] {
  const ranges: Array<[number, number]> = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number <= last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}
