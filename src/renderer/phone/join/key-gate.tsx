import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Credentials } from '../identity/credentials';
import { keepJoinKey } from '../identity/join-key';
import { Frame } from '../views/frame';
import { CodeStep } from './code-step';
import { type CodeFault, redeemCode } from './redeem-code';

interface KeyGateProps {
  readonly joinKey: string | null;
  /** The hub that this page came from; null while it does not answer. */
  readonly hubId: string | null;
  readonly code: string | null;
  readonly children: (joinKey: string | null) => ReactNode;
}

/** Lets through who has a key; a code is changed for one first. A hub with open access takes people without. */
export function KeyGate({ joinKey, hubId, code, children }: KeyGateProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState(() => new Credentials(localStorage, joinKey, hubId).joinKey);
  const [isBusy, setIsBusy] = useState(code !== null);
  const [fault, setFault] = useState<CodeFault | null>(null);
  const [goesWithout, setGoesWithout] = useState(() => new Credentials(localStorage, joinKey, hubId).hasKey);
  const use = useCallback(async (typed: string): Promise<void> => {
    setIsBusy(true);
    setFault(null);
    const redeemed = await redeemCode(typed);
    setIsBusy(false);
    if (redeemed.kind === 'fault') {
      setFault(redeemed.fault);
      return;
    }
    keepJoinKey(localStorage, redeemed.key);
    setKey(redeemed.key);
  }, []);
  useRedeemOnce(code, use);
  if (key !== null || goesWithout) return children(key);
  if (isBusy && fault === null && code !== null) return <Frame>{null}</Frame>;
  return (
    <CodeStep
      fault={fault}
      isBusy={isBusy}
      use={(typed) => void use(typed)}
      onBack={null}
      other={
        <button type="button" className="button button-plain" onClick={() => setGoesWithout(true)}>
          {t('join.without.link')}
        </button>
      }
    />
  );
}

/** A code is good for one try: React's double mount in development must not use it up. */
const tried = new Set<string>();

function useRedeemOnce(code: string | null, use: (code: string) => Promise<void>): void {
  useEffect(() => {
    if (code === null || tried.has(code)) return;
    tried.add(code);
    void use(code);
  }, [code, use]);
}
