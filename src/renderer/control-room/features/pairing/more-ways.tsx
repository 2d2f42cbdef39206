import { Button } from '@mantine/core';
import { IconId, IconKey, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useViewStore } from '../../stores/view-store';
import { ConfirmDialog } from '../keys/confirm-dialog';
import { useKeyActions } from '../keys/key-actions';
import { Dependents } from '../keys/shared-keys';
import { useKeys } from '../keys/use-keys';
import styles from './pairing.module.css';

/** What else can be done about getting in: paper, people, keys. */
export function MoreWays() {
  const open = useViewStore((state) => state.open);
  const [isReplacing, setReplacing] = useState(false);
  return (
    <footer className={styles.ways}>
      <Way label="Poster" Icon={IconPrinter} onClick={() => open('poster')} />
      <Way label="Personal badges" Icon={IconId} onClick={() => open('badges')} />
      <Way label="Keys and links" Icon={IconKey} onClick={() => open('keys')} />
      <Way label="Replace this code" Icon={IconRefresh} onClick={() => setReplacing(true)} />
      <Replace isOpen={isReplacing} onClose={() => setReplacing(false)} />
    </footer>
  );
}

interface WayProps {
  readonly label: string;
  readonly Icon: typeof IconKey;
  readonly onClick: () => void;
}

function Way({ label, Icon, onClick }: WayProps) {
  return (
    <Button size="xs" variant="subtle" color="gray" leftSection={<Icon size={15} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}

function Replace({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { rotate } = useKeyActions();
  return (
    <ConfirmDialog
      title="Replace the QR code?"
      action="Replace it"
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => rotate('join')}
    >
      <p>It gets a new join key. Posters, copied links and photos of the old code open nothing any more.</p>
      <CurrentDependents />
    </ConfirmDialog>
  );
}

/** Asked for only while somebody thinks about it. */
function CurrentDependents() {
  return useKeys() === null ? null : <Dependents />;
}
