import { toPlainDigits } from '../i18n/plain-digits';

/** What a short code may hold; the hub decides which letters it deals out. */
export const CODE_LENGTH = 8;

/** As people type it: any case, with spaces and hyphens. */
export const toJoinCode = (text: string): string =>
  toPlainDigits(text.normalize('NFKC'))
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, CODE_LENGTH);

/**
 * Why a code gave no key: wrong or too old; too many wrong ones from this phone, which holds as long as the code; so many
 * from anywhere that the code was taken back; asked too fast; the hub did not answer.
 */
export type CodeFault = 'wrong' | 'barred' | 'withdrawn' | 'slow' | 'away';

const TOO_MANY: Readonly<Record<string, CodeFault>> = { too_many_wrong_codes: 'barred', code_withdrawn: 'withdrawn' };

export type Redeemed =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'fault'; readonly fault: CodeFault };

const fault = (why: CodeFault): Redeemed => ({ kind: 'fault', fault: why });

/** Changes a code for a join key: `POST /join {code}` (docs/wire-protocol.md, section 2). Never rejects. */
export async function redeemCode(code: string): Promise<Redeemed> {
  try {
    const response = await fetch('/join', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      cache: 'no-store',
    });
    if (response.status === 429) return fault(TOO_MANY[await codeIn(response)] ?? 'slow');
    if (response.status >= 500) return fault('away');
    const answer: unknown = response.ok ? await response.json() : null;
    if (typeof answer !== 'object' || answer === null || !('key' in answer)) return fault('wrong');
    return typeof answer.key === 'string' ? { kind: 'key', key: answer.key } : fault('wrong');
  } catch {
    return fault('away');
  }
}

/** Of an error; '' where it has none. */
async function codeIn(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: { code?: string } };
    return error?.code ?? '';
  } catch {
    return '';
  }
}
