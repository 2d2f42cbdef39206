import { Button, Text } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import styles from './roster.module.css';

/** Nobody yet: what to do next. */
export function RosterEmpty() {
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  return (
    <div className={styles.empty}>
      <IconQrcode size={36} stroke={1.25} aria-hidden />
      <Text fw={600} size="md">
        Nobody is here yet
      </Text>
      <Text size="sm" c="dimmed">
        {isOperator
          ? 'Show the QR code. Each phone on the same WiFi that scans it appears in this list.'
          : 'People appear in this list as soon as the operator pairs their phones.'}
      </Text>
      {isOperator && <Button onClick={() => open('pairing')}>Show the QR code</Button>}
    </div>
  );
}
