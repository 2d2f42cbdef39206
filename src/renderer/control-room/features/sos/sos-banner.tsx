import { Button } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import type { LiveDevice } from '../../../../common/model/live-device';
import { formatAge } from '../../format/time';
import { useAlertStore } from '../../stores/alert-store';
import { useClockStore } from '../../stores/clock-store';
import { useIsOperator } from '../../stores/connection-store';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';
import { acknowledge, seenWords } from '../shell/acknowledge';
import styles from './sos.module.css';
import { sosAlertId } from './sos-alert-id';

/** Everybody who calls for help, above everything else, until their own phone says that it is over. */
export function SosBanner() {
  const calling = useLiveStore(
    useShallow((state) => [...state.devices.values()].filter((device) => device.sos?.active === true)),
  );
  return calling.map((device) => <SosLine key={device.deviceId} device={device} />);
}

function SosLine({ device }: { readonly device: LiveDevice }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const select = useViewStore((state) => state.select);
  const wish = useViewStore((state) => state.wish);
  const { deviceId, merged, name, position, sos } = device;
  const isOperator = useIsOperator();
  const alert = useAlertStore((state) =>
    state.alerts.find(({ id }) => [deviceId, ...merged].map(sosAlertId).includes(id)),
  );
  const seen = alert ? seenWords(alert, nowMs) : null;
  if (!sos) return null;
  const show = (): void => {
    select(deviceId);
    if (position) wish({ kind: 'centre', deviceId });
  };
  return (
    <div
      className={styles.banner}
      role="alert"
      data-seen={seen !== null}
      data-testid="sos-banner"
      data-device-id={deviceId}
    >
      <IconUrgent size={20} aria-hidden />
      <span className={styles.text}>
        <strong>SOS: {name} calls for help</strong>
        {sos.text !== null && <span className={styles.words}>“{sos.text}”</span>}
      </span>
      {/* Not announced each second: the age is for the eye. */}
      <span className={styles.age} aria-hidden>
        {formatAge(nowMs - sos.atMs)} ago{seen !== null && `. ${seen}.`}
      </span>
      {alert && seen === null && isOperator && (
        <Button size="compact-sm" variant="white" color="dark" onClick={() => acknowledge(alert.id)}>
          Seen
        </Button>
      )}
      <Button size="compact-sm" variant="white" color="dark" onClick={show}>
        {position ? 'Show on map' : 'Show'}
      </Button>
    </div>
  );
}
