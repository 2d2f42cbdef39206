import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

/** For comparison with the operator's screen: a page that came over plain http proves nothing by itself. */
export function Fingerprint({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  return (
    <p className="fingerprint">
      {t('join.trust.fingerprint')}
      <code dir="ltr">
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
