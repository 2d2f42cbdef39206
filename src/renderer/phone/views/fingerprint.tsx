import { Fragment } from 'react';

/** For comparison with the operator's screen: a page that came over plain http proves nothing by itself. */
export function Fingerprint({ value }: { readonly value: string }) {
  const pairs = value.split(':');
  return (
    <p className="fingerprint">
      Its SHA-256 fingerprint, as the operator’s screen and the phone’s settings show it:
      <code>
        {pairs.map((pair, index) => (
          // The pairs of one fingerprint never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={index}>
            {index > 0 && ':'}
            <wbr />
            {pair}
          </Fragment>
        ))}
      </code>
    </p>
  );
}
