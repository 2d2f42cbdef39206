import { judgeKey, type Verdict } from './access';
import type { GuessLimiter } from './guess-limiter';
import type { Caller, KeyIdentity, KeyRing, RouteAccess, SocketAccess } from './lan';

/** Longer is no key of ours: it is not even compared. */
const MAX_KEY_LENGTH = 256;

/** The verdict over a key someone presented. */
type KeyVerdict =
  | { readonly verdict: 'pass' | 'forbidden'; readonly identity: KeyIdentity }
  | { readonly verdict: 'unauthorized'; readonly answerAt: Promise<void> };

/** Asks the key ring, and counts what is wrong. */
export interface KeyCheck {
  /** `answerAt`: when a wrong key may be answered. */
  check(key: string, access: RouteAccess | SocketAccess, caller: Caller): KeyVerdict;
}

export function createKeyCheck(keys: KeyRing, guesses: GuessLimiter): KeyCheck {
  return {
    check: (key, access, caller) => {
      const identity = key === '' || key.length > MAX_KEY_LENGTH ? null : keys.identify(key);
      if (identity === null) return { verdict: 'unauthorized', answerAt: guesses.countWrong(caller.address) };
      const verdict: Verdict = judgeKey(access, caller, identity);
      return { verdict: verdict === 'pass' ? 'pass' : 'forbidden', identity };
    },
  };
}
