import { Button, Loader, Modal, Text } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useViewStore } from '../../stores/view-store';
import styles from './keys.module.css';
import { MadeKeys } from './made-keys';
import { Authority } from './new-authority';
import { NewViewerLink } from './new-viewer-link';
import { SharedKeys } from './shared-keys';
import { useKeys } from './use-keys';

/** Every key there is, what it opens, when it was last used, and the way to take it back. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal.Stack>
      <Modal stackId="keys" opened onClose={onClose} title="Keys and links" size={760}>
        <Keys />
      </Modal>
    </Modal.Stack>
  );
}

function Keys() {
  const keys = useKeys();
  const open = useViewStore((state) => state.open);
  if (!keys) return <Loader size="sm" m="xl" />;
  const made = keys.filter(({ name }) => name !== null);
  return (
    <div className={styles.sections} data-testid="keys" data-autofocus tabIndex={-1}>
      <Section
        title="Links for teammates"
        sentence="A tablet or another laptop that sees the map and everybody on it, and can change nothing."
      >
        <MadeKeys
          keys={made.filter(({ kind }) => kind === 'viewer')}
          empty="No link yet. Make one for each screen: it can then be taken back alone."
          testId="viewer-links"
        />
        <NewViewerLink />
      </Section>
      <Section
        title="Personal badges"
        sentence="A QR code for one person, made ahead of time: the first phone that scans it is that person."
        action={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconId size={15} aria-hidden />}
            onClick={() => open('badges')}
          >
            Make and print badges
          </Button>
        }
      >
        <MadeKeys
          keys={made.filter(({ kind }) => kind === 'personal')}
          empty="No badge yet. Type the names of your team, print the sheet, and hand the badges out."
          testId="personal-keys"
        />
      </Section>
      <Section
        title="Keys of this hub"
        sentence="Every hub has these. Replace one when somebody has it who should not."
      >
        <SharedKeys keys={keys} />
      </Section>
      <Section
        title="Certificate authority"
        sentence="What phones install and trust once, so that their browser opens this hub without a warning."
      >
        <Authority />
      </Section>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly sentence: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, sentence, action, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <header>
        <div>
          <h3>{title}</h3>
          <Text size="sm" c="dimmed">
            {sentence}
          </Text>
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
