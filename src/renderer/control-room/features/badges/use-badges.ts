import { useEffect, useState } from 'react';
import type { KeyInfo } from '../../../../common/model/key';
import { askHub } from '../../connect/ask-hub';
import type { Shown } from '../keys/shown-key';
import { notifyFailure } from '../shell/notify';

/** Which badges are on the sheet. */
export type Which = 'new' | 'unused' | 'all';

/** The badges to print, by name as they were made; their links are asked for as they are needed. */
export function useBadges(
  keys: readonly KeyInfo[] | null,
  made: readonly Shown[],
  which: Which,
): { readonly badges: readonly Shown[]; readonly isLoading: boolean } {
  const [asked, setAsked] = useState<ReadonlyMap<string, Shown>>(new Map());
  const known = new Map([...asked, ...made.map((shown) => [shown.info.keyId, shown] as const)]);
  const wanted = (keys ?? []).filter((key) => key.kind === 'personal' && isWanted(key, made, which));
  const missing = wanted.filter(({ keyId }) => !known.has(keyId)).map(({ keyId }) => keyId);
  const next = missing[0];
  useEffect(() => {
    if (next === undefined) return;
    askHub('key.show', { keyId: next }).then(
      (shown) => setAsked((before) => new Map([...before, [next, shown]])),
      (error: unknown) => notifyFailure('A badge could not be shown', error),
    );
  }, [next]);
  const badges = wanted.flatMap(({ keyId }) => known.get(keyId) ?? []);
  return { badges, isLoading: keys === null || missing.length > 0 };
}

function isWanted(key: KeyInfo, made: readonly Shown[], which: Which): boolean {
  if (which === 'all') return true;
  if (which === 'unused') return key.lastUsedAtMs === null;
  return made.some(({ info }) => info.keyId === key.keyId);
}
