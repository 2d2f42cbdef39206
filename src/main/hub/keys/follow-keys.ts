import type { AuditLog } from '../audit';
import { keyExpired } from './key-audit';
import type { KeyBook } from './key-book';

interface KeyFollowers {
  readonly audit: Pick<AuditLog, 'record'>;
  /** Ends what is open with a key. */
  close(keyId: string): void;
  /** There is another join key. */
  newCode(): void;
  /** The list of keys is another. */
  tell(): void;
}

/** What a change of the keys brings with it. */
export function followKeys(book: KeyBook, followers: KeyFollowers): void {
  book.changed.listen(() => followers.tell());
  book.ended.listen(({ info, how }) => {
    const { keyId, kind } = info;
    if (how === 'expired') followers.audit.record(keyExpired(info));
    // After the answer to whoever asked for it: its own key may be the one that is over.
    setImmediate(() => followers.close(keyId));
    if (kind === 'join') followers.newCode();
  });
}
