/** Content-Disposition of a file to be saved (RFC 6266, section 4.3): the plain name for old readers, the real one beside it. */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
