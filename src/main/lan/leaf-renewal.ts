import type { AddressWatch } from './address-watch';
import type { Certificates } from './certificates';
import type { LanLog } from './lan';
import type { Leaf } from './leaf';

/** How often to see whether the leaf nears its end; it does so 30 days before. */
const EXPIRY_CHECK_MS = 12 * 3_600_000;

/** Keeps the served certificate right for the addresses of the moment, without a restart. @returns what stops it. */
export function keepLeafCurrent(
  certificates: Certificates,
  watch: AddressWatch,
  serve: (leaf: Leaf) => void,
  log: LanLog,
): () => void {
  let last: Promise<void> = Promise.resolve();
  const renew = (): void => {
    // One after another: two changes at once would write the same file.
    last = last
      .then(async () => serve(await certificates.leafFor(watch.all())))
      .catch((error: unknown) => log.error({ err: error }, 'the certificate could not be renewed'));
  };
  const unsubscribe = watch.onChanged(renew);
  const timer = setInterval(renew, EXPIRY_CHECK_MS);
  timer.unref();
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}
