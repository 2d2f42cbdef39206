import { StoreError, type StoreErrorCode } from './store-error';

/** An error as it crosses between threads. */
export interface Failure {
  readonly code: StoreErrorCode;
  readonly message: string;
}

// What a disk says, through SQLite (https://sqlite.org/rescode.html) or Node: full, over quota, too large, failing, read-only, gone.
const DISK_TROUBLE =
  /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|CORRUPT|NOTADB)|ENOSPC$|EDQUOT$|EFBIG$|EIO$|EROFS$|EACCES$|EPERM$|ENOENT$|ENOTDIR$|EMFILE$|ENFILE$)/;

/** True when the cause is the disk or the folder, not the code. */
export function isDiskTrouble(error: unknown): boolean {
  return DISK_TROUBLE.test(codeOf(error));
}

/** What to tell the other thread. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StoreError) return { code: error.code, message: error.message };
  const text = error instanceof Error ? error.message : String(error);
  if (isDiskTrouble(error)) {
    return { code: 'storage_unavailable', message: `The disk did not take it: ${text} (${codeOf(error)}).` };
  }
  return { code: 'internal', message: text };
}

/** The error again, in this thread. */
export function fromFailure(failure: Failure): StoreError {
  return new StoreError(failure.code, failure.message);
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}
