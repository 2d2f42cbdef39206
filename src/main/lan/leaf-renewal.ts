import type { AddressWatch } from './address-watch';
import type { Certificates } from './certificates';
import type { LanLog } from './lan';
import type { Leaf } from './leaf';

/** How often to see whether the leaf nears its end; it does so 30 days before. */
const EXPIRY_CHECK_MS = 12 * 3_600_000;

/** Keeps the served certificate right. */
export interface LeafRenewal {
  /** Does something first that makes another certificate necessary, then serves that. @throws what `change` throws */
  after(change: () => Promise<void>): Promise<void>;
  stop(): void;
}

/** Keeps the served certificate right for the addresses of the moment, without a restart. */
export function keepLeafCurrent(
  certificates: Certificates,
  watch: AddressWatch,
  serve: (leaf: Leaf) => void,
  onRenewed: () => void,
  log: LanLog,
): LeafRenewal {
  let last: Promise<void> = Promise.resolve();
  // One after another: two changes at once would write the same file.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch((error: unknown) => log.error({ err: error }, 'the certificate could not be renewed'));
    return done;
  };
  const serveCurrent = async (): Promise<void> => {
    const leaf = await certificates.leafFor(watch.all());
    serve(leaf);
    if (leaf.isRenewed === true) onRenewed();
  };
  // Logged above: nobody waits for it.
  const renew = (): void => void inTurn(serveCurrent).catch(() => undefined);
  const unsubscribe = watch.onChanged(renew);
  const timer = setInterval(renew, EXPIRY_CHECK_MS);
  timer.unref();
  return {
    after: (change) =>
      inTurn(async () => {
        await change();
        await serveCurrent();
      }),
    stop: () => {
      unsubscribe();
      clearInterval(timer);
    },
  };
}
