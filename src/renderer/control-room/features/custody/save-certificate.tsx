import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CustodyCertificate } from '../../../../common/model/custody';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { notifyDone, notifyFailure } from '../shell/notify';
import { certificateFileName } from './certificate-words';

interface Props {
  readonly certificate: CustodyCertificate;
  readonly icon: ReactNode;
}

/** The certificate as JSON and as a page to read: downloads in a browser; on the desktop where the operator says. */
export function SaveCertificate({ certificate, icon }: Props) {
  const hasDownloads = useConnectionStore((state) => !state.hello?.capabilities.includes('native.saveDialog'));
  const save = (format: 'json' | 'page') => (): void => {
    const saved = hasDownloads ? download(certificate, format) : saveByDialog(certificate, format);
    saved.catch((error: unknown) => notifyFailure('The certificate was not saved', error));
  };
  return (
    <>
      <Button variant="default" leftSection={icon} onClick={save('page')}>
        Save page
      </Button>
      <Button leftSection={icon} onClick={save('json')}>
        Save JSON
      </Button>
    </>
  );
}

async function saveByDialog({ session }: CustodyCertificate, format: 'json' | 'page'): Promise<void> {
  const saved = await askHub('session.saveCertificate', { sessionId: session.sessionId, format });
  if (saved.outcome === 'saved') notifyDone('Certificate saved', saved.path);
}

async function download(certificate: CustodyCertificate, format: 'json' | 'page'): Promise<void> {
  const { session } = certificate;
  if (format === 'json') {
    saveText(`${JSON.stringify(certificate, null, 2)}\n`, 'application/json', certificateFileName(session, 'json'));
    return;
  }
  const { html } = await askHub('session.certificatePage', { sessionId: session.sessionId });
  saveText(html, 'text/html', certificateFileName(session, 'html'));
}

function saveText(text: string, type: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  // The download has its own hold on the bytes only once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
