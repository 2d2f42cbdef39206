import { Button, Group, Loader, Modal } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CustodyCertificate } from '../../../../common/model/custody';
import type { Session } from '../../../../common/model/session';
import { askHub, sentenceOf } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { sessionTitle } from '../../stores/session-store';
import styles from './certificate.module.css';
import { CertificateView } from './certificate-view';
import { SaveCertificate } from './save-certificate';

interface Props {
  readonly session: Session;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What the hub vouches for of a session: to read, to print, to keep. */
export function CertificateDialog({ session, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`Certificate of ${sessionTitle(session)}`}
      size={1040}
      classNames={{ inner: styles.inner, content: styles.content, header: styles.header, overlay: styles.overlay }}
    >
      <Certificate sessionId={session.sessionId} />
    </Modal>
  );
}

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly certificate: CustodyCertificate }
  | { readonly kind: 'failed'; readonly sentence: string };

function Certificate({ sessionId }: { readonly sessionId: string }) {
  const client = useConnectionStore((state) => state.client);
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    if (!client) return;
    let isGone = false;
    const show = (next: Loaded): void => {
      if (!isGone) setLoaded(next);
    };
    askHub('session.certificate', { sessionId }).then(
      ({ certificate }) => show({ kind: 'ready', certificate }),
      (error: unknown) => show({ kind: 'failed', sentence: sentenceOf(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [client, sessionId]);
  switch (loaded.kind) {
    case 'loading':
      return (
        <Group justify="center" p="xl">
          <Loader size="sm" />
        </Group>
      );
    case 'failed':
      return <p role="alert">The certificate could not be made. {loaded.sentence}</p>;
    case 'ready':
      return (
        <>
          <CertificateView certificate={loaded.certificate} />
          <Group className={styles.actions} justify="flex-end" gap="xs" mt="md">
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => window.print()}
            >
              Print
            </Button>
            <SaveCertificate certificate={loaded.certificate} icon={<IconDownload size={16} aria-hidden />} />
          </Group>
        </>
      );
  }
}
