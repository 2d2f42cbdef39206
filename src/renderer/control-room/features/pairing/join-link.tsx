import { Button, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { withoutKey } from './join-link-text';
import styles from './pairing.module.css';

/** The link behind the code, its key not shown: shoulders and screenshots. */
export function JoinLink({ joinUrl }: { readonly joinUrl: string }) {
  return (
    <div className={styles.link}>
      <code>{withoutKey(joinUrl)}</code>
      <CopyButton value={joinUrl} timeout={3_000}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {copied ? 'Link copied' : 'Copy link'}
          </Button>
        )}
      </CopyButton>
      <Text size="xs" c="dimmed" ta="center">
        The copied link holds the key: whoever has it can join with a phone.
      </Text>
    </div>
  );
}
