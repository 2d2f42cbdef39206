import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { Pairing } from '../../../../common/contract/schemas';
import styles from './pairing.module.css';

/** Whether any phone has come through yet, and by which address: the only proof that the network lets them. */
export function ReachProof({ pairing }: { readonly pairing: Pairing }) {
  const { reachedVia, secureReach, tlsPort } = pairing;
  const isHalfway = tlsPort !== null && secureReach !== 'page';
  return (
    <p className={styles.proof} data-is-reached={reachedVia !== null} data-testid="reach-proof">
      {reachedVia === null ? <IconCircleDashed size={16} aria-hidden /> : <IconCircleCheck size={16} aria-hidden />}
      {reachedVia === null
        ? 'No phone has reached this laptop yet'
        : `Reached via ${reachedVia}${isHalfway ? ', the secure page not yet' : ''}`}
    </p>
  );
}
