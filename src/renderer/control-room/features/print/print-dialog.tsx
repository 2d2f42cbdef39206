import { Button, Group, Modal, SegmentedControl } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import styles from './print.module.css';

/** What scrolls must be reached without a mouse (WCAG 2.1.1). */
const SCROLLED_BY_KEYS = { tabIndex: 0, role: 'region', 'aria-label': 'Preview' } as const;

/** Papers of office printers. */
export type Paper = 'A4' | 'letter';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  /** What is set before printing; not printed. */
  readonly settings: ReactNode;
  /** Whether there is something to print. */
  readonly isReady: boolean;
  /** The sheets, each a {@link Sheet}. */
  readonly children: (paper: Paper) => ReactNode;
}

/** Something to print, as it will look on paper; everything else on the screen stays off it. */
export function PrintDialog({ title, onClose, settings, isReady, children }: Props) {
  const [paper, setPaper] = useState<Paper>('A4');
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={980}
      classNames={{
        inner: styles.inner,
        content: styles.content,
        header: styles.header,
        body: styles.body,
        overlay: styles.overlay,
      }}
    >
      <style>{`@page { size: ${paper} portrait; margin: 0; }`}</style>
      <div className={styles.dialog} data-autofocus tabIndex={-1}>
        <div className={styles.settings}>
          {settings}
          <Group gap="xs" mt="md">
            <SegmentedControl
              size="xs"
              aria-label="Paper"
              value={paper}
              onChange={(value) => setPaper(value === 'letter' ? 'letter' : 'A4')}
              data={[
                { value: 'A4', label: 'A4' },
                { value: 'letter', label: 'Letter' },
              ]}
            />
            <Button
              size="xs"
              disabled={!isReady}
              leftSection={<IconPrinter size={15} aria-hidden />}
              onClick={() => window.print()}
            >
              Print
            </Button>
          </Group>
        </div>
        <div className={styles.preview} {...SCROLLED_BY_KEYS}>
          {children(paper)}
        </div>
      </div>
    </Modal>
  );
}

/** One side of paper: black on white, whatever the screen wears. */
export function Sheet({ paper, children }: { readonly paper: Paper; readonly children: ReactNode }) {
  return (
    <article className={styles.sheet} data-paper={paper} data-testid="sheet">
      {children}
    </article>
  );
}
