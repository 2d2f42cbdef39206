import { toBase64 } from '../features/wall/base64';
import { useConnectionStore } from '../stores/connection-store';
import { askHub } from './ask-hub';

/** Whether the host asks where files go; a browser has its downloads. */
export const hasSaveDialog = (): boolean =>
  useConnectionStore.getState().hello?.capabilities.includes('native.saveDialog') ?? false;

/** A path or address of this page's origin becomes a download. */
export function download(href: string, fileName: string): void {
  const anchor = Object.assign(document.createElement('a'), { href, download: fileName, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/** Saves a JPEG of this page as a file. @returns false when the operator chose not to. @throws RpcError */
export async function saveJpeg(jpeg: Blob, fileName: string): Promise<boolean> {
  if (hasSaveDialog()) {
    const { outcome } = await askHub('snapshot.save', { fileName, jpeg: await toBase64(jpeg) });
    return outcome === 'saved';
  }
  const url = URL.createObjectURL(jpeg);
  download(url, fileName);
  // The download has its own hold on the bytes only once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}
