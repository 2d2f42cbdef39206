import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CustodyCertificate } from '../../../../common/model/custody';
import { useConnectionStore } from '../../stores/connection-store';
import { certificateFileName } from './certificate-words';

interface Props {
  readonly certificate: CustodyCertificate;
  readonly icon: ReactNode;
}

/** The certificate as JSON: a file in a browser; where the host has no downloads, the clipboard. */
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
  return (
    <CopyButton value={json}>
      {({ copied, copy }) => (
        <Button leftSection={icon} onClick={copy}>
          {copied ? 'JSON copied' : 'Copy JSON'}
        </Button>
      )}
    </CopyButton>
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
