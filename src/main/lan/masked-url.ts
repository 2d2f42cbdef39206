/**
 * A request target fit for the log: no key in it, no control characters, bounded.
 * @param keyPaths paths after which a key may follow as a suffix
 */
export function maskedUrl(url: string, keyPaths: readonly string[]): string {
  const [path = '', ...query] = url.split('?');
  const owner = keyPaths.find((keyPath) => path.startsWith(`${keyPath}/`));
  const shownPath = owner === undefined ? path : `${owner}/***`;
  // A percent-encoded name (`%6bey`) decodes to `key` as well, so an encoded name is masked, whatever it is.
  const pairs = query.join('?').replace(/(^|[&?])((?:key|token)|[^=&?]*%[^=&?]*)=[^&]*/gi, '$1$2=***');
  const shown = query.length === 0 ? shownPath : `${shownPath}?${pairs}`;
  return shown.slice(0, 500).replace(/[^\x21-\x7e]/g, '?');
}
