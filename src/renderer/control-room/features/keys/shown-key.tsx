import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import type { RequestResult } from '../../../../common/contract/requests';
import { withoutKey } from '../pairing/join-link-text';
import { QrCode } from '../pairing/qr-code';
import styles from './keys.module.css';

/** A key with its link. */
export type Shown = RequestResult<'key.show'>;

const SENTENCE: Record<Shown['info']['kind'], string> = {
  join: 'Whoever has it can join with a phone.',
  personal: 'The first phone that uses it is this person. Whoever has it can send as them.',
  viewer: 'Whoever has it sees everything here, and can change nothing.',
  admin: 'Whoever has it may do everything here. Show it to nobody you would not hand this laptop to.',
};

/** One key to hand over: its code to scan, its link and itself to copy. */
export function ShownKeyDialog({ shown, onClose }: { readonly shown: Shown | null; readonly onClose: () => void }) {
  const stackId = useId();
  return (
    <Modal stackId={stackId} opened={shown !== null} onClose={onClose} title={shown ? titleOf(shown) : ''} size={400}>
      {shown && <ShownKey shown={shown} />}
    </Modal>
  );
}

function ShownKey({ shown: { info, key, link } }: { readonly shown: Shown }) {
  return (
    <Stack gap="sm" align="center" data-testid="shown-key" data-link={link}>
      <div className={styles.code}>
        <QrCode url={link} sizePx={240} label={`QR code of ${titleOf({ info })}`} testId="key-qr" />
      </div>
      <code className={styles.address}>{withoutKey(link)}</code>
      <Group gap="xs" justify="center">
        <Copy value={link} label="Copy link" />
        <Copy value={key} label="Copy key" />
      </Group>
      <Text size="xs" c="dimmed" ta="center">
        {SENTENCE[info.kind]}
      </Text>
    </Stack>
  );
}

function Copy({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <CopyButton value={value} timeout={3_000}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : label}
        </Button>
      )}
    </CopyButton>
  );
}

function titleOf({ info: { kind, name } }: Pick<Shown, 'info'>): string {
  if (name !== null) return kind === 'viewer' ? `Viewer link: ${name}` : name;
  return `The ${kind} key`;
}
