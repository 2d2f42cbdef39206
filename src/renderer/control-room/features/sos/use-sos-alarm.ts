import { useEffect } from 'react';
import { useAlertStore } from '../../stores/alert-store';
import { useIsOperator } from '../../stores/connection-store';
import { SosAlarm } from './sos-alarm';
import { isSosAlert } from './sos-alert-id';

/** Rings while somebody calls for help and nobody has seen it; where it can be silenced, which a viewer can't. */
export function useSosAlarm(): void {
  const isOperator = useIsOperator();
  const isCalling = useAlertStore((state) =>
    state.alerts.some(({ id, acknowledged }) => isSosAlert(id) && acknowledged === null),
  );
  useEffect(() => {
    if (!isCalling || !isOperator) return;
    const alarm = new SosAlarm();
    alarm.start();
    return () => alarm.stop();
  }, [isCalling, isOperator]);
}
