/** The join link as it may be shown: the key is the fragment. */
export function withoutKey(joinUrl: string): string {
  return joinUrl.replace(/#.*$/, '');
}
