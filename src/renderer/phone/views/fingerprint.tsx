import { Fragment } from 'react';

/** For comparison with the operator's screen: a page that came over plain http proves nothing by itself. */
export function Fingerprint({ value }: { readonly value: string }) {
  return (
    <p className="fingerprint">
      Its SHA-256 fingerprint, as the operator’s screen and the phone’s settings show it:
      <code>
        {[...value.matchAll(/[^:]+/g)].map(({ index, 0: pair }) => (
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
