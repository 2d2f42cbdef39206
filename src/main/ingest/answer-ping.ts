import type { HubToPhone } from '../../common/wire/ingest';
import type { ControlMessage } from './control-parser';
import type { PhoneLink } from './phone-link';
import type { IngestObserver } from './ports';

type Ping = Extract<ControlMessage, { type: 'ping' }>;

/**
 * Answers at once, and measures the clock of the phone. Does not wait behind acks: a time stamp that waited for the disk
 * measures the disk. @param deviceId null: it is not known yet whose clock it is
 */
export function answerPing(
  { t0, last }: Ping,
  deviceId: string | null,
  link: PhoneLink,
  { clock, observer }: { readonly clock: { now(): number }; readonly observer: Pick<IngestObserver, 'measured'> },
): void {
  const t1 = clock.now();
  if (deviceId !== null && last) {
    const { t1: up, t2: down } = last;
    observer.measured(deviceId, { lowerMs: last.t0 - up, upperMs: last.t3 - down, isExact: true });
  } else if (deviceId !== null) {
    // Before the pong: its answer is then here before anything the phone does with the pong.
    link.measure((roundTripMs) =>
      observer.measured(deviceId, { lowerMs: t0 - t1, upperMs: t0 - t1 + roundTripMs, isExact: false }),
    );
  }
  link.send(JSON.stringify({ type: 'pong', t0, t1, t2: clock.now() } satisfies HubToPhone));
}
