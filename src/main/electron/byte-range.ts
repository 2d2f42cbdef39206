/** One part of a file, both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * A `Range` header (RFC 9110, section 14.1.2) of one part. @returns null for none, several parts or another unit: the
 * whole file is then the right answer.
 */
export function byteRange(header: string | null, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return null;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (from >= sizeBytes || (first === '' && Number(last) === 0)) return 'unsatisfiable';
  return to < from ? null : { from, to };
}
