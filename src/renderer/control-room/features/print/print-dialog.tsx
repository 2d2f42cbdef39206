import { Button, Group, Modal, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { chooseLanguage, directionOf, LANGUAGES, type LanguageCode } from '../../../../common/model/languages';
import { paperWords } from './paper-words';
import styles from './print.module.css';

/** What scrolls must be reached without a mouse (WCAG 2.1.1). */
const SCROLLED_BY_KEYS = { tabIndex: 0, role: 'region', 'aria-label': 'Preview' } as const;

type PaperSize = 'A4' | 'letter';

/** What is printed on, and in which language. */
export interface Paper {
  readonly size: PaperSize;
  readonly language: LanguageCode;
}

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
  const [size, setSize] = useState<PaperSize>('A4');
  const [language, setLanguage] = useState<LanguageCode>(() => chooseLanguage(null, navigator.languages));
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
      <style>{`@page { size: ${size} portrait; margin: 0; }`}</style>
      <div className={styles.dialog} data-autofocus tabIndex={-1}>
        <div className={styles.settings}>
          {settings}
          <NativeSelect
            mt="md"
            size="xs"
            label="Language of the paper"
            value={language}
            onChange={(event) => setLanguage(chooseLanguage(event.currentTarget.value, []))}
            data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
          />
          <Group gap="xs" mt="md">
            <SegmentedControl
              size="xs"
              aria-label="Paper"
              value={size}
              onChange={(value) => setSize(value === 'letter' ? 'letter' : 'A4')}
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
          <I18nextProvider i18n={paperWords(language)}>{children({ size, language })}</I18nextProvider>
        </div>
      </div>
    </Modal>
  );
}

/** One side of paper: black on white, whatever the screen wears. */
export function Sheet({ paper, children }: { readonly paper: Paper; readonly children: ReactNode }) {
  return (
    <article
      className={styles.sheet}
      data-paper={paper.size}
      data-testid="sheet"
      lang={paper.language}
      dir={directionOf(paper.language)}
    >
      {children}
    </article>
  );
}
