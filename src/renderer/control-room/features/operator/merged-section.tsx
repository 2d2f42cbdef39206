import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Device } from '../../../../common/model/device';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { systemWords } from '../../format/system-words';
import { useIsOperator } from '../../stores/connection-store';
import { Section } from '../detail/section';
import { takeApart } from './merge-person';
import styles from './words.module.css';

/** The phones and pages that were merged into this person; nothing is shown before any was. */
export function MergedSection({ device }: { readonly device: LiveDevice }) {
  const merged = useMerged(device);
  const isOperator = useIsOperator();
  if (merged.length === 0) return null;
  return (
    <Section title="Merged into this person">
      <ul className={styles.merged} data-testid="merged">
        {merged.map((one) => (
          <li key={one.deviceId}>
            <span>
              {one.name}
              <small>
                {[systemWords(one.platform, one.userAgent), one.lastAddress]
                  .filter((fact) => fact !== null)
                  .join(' · ')}
              </small>
            </span>
            {isOperator && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Take ${one.name} apart`}
                onClick={() => void takeApart(one)}
              >
                Take apart
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Asked for anew when others are merged. */
function useMerged({ deviceId, merged }: LiveDevice): readonly Device[] {
  const [known, setKnown] = useState<readonly Device[]>([]);
  const wanted = merged.join();
  useEffect(() => {
    if (wanted === '') return;
    let isWanted = true;
    askHub('device.get', { deviceId }).then(
      (answer) => {
        if (isWanted) setKnown(answer.merged);
      },
      (error: unknown) => console.warn('Who was merged is not to be had.', error),
    );
    return () => {
      isWanted = false;
    };
  }, [deviceId, wanted]);
  return known.filter((one) => merged.includes(one.deviceId));
}
