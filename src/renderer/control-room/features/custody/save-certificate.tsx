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

/** The certificate as JSON: a file in a browser; on the desktop where the operator says, the page to read too. */
export function SaveCertificate({ certificate, icon }: Props) {
  const hasDownloads = useConnectionStore((state) => !state.hello?.capabilities.includes('native.saveDialog'));
  const json = `${JSON.stringify(certificate, null, 2)}\n`;
  if (hasDownloads) {
    return (
      <Button leftSection={icon} onClick={() => saveText(json, certificateFileName(certificate.session))}>
        Save JSON
      </Button>
    );
  }
  const save = (format: 'json' | 'page') => (): void => {
    askHub('session.saveCertificate', { sessionId: certificate.session.sessionId, format }).then(
      (saved) => {
        if (saved.outcome === 'saved') notifyDone('Certificate saved', saved.path);
      },
      (error: unknown) => notifyFailure('The certificate was not saved', error),
    );
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

function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  // The download has its own hold on the bytes only once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
