/** Named by the phone's own date, so that two phones' files in one folder are told apart by when. */
const nameOf = (nowMs: number): string =>
  `perch-unsent-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}.ndjson`;

/** Into the downloads of the phone. */
export function saveFile(file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(Date.now());
  link.click();
  // After the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
