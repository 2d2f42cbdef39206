import { IconScreenShare } from '@tabler/icons-react';
import type { PhoneSession } from '../phone-session';
import { SHARE_WORDS } from '../share/words';
import { usePhone } from '../stores/phone-store';
import { usePhoneShare } from '../stores/share-store';

/** Opens the choice of what to share; gone while something is, for then the red bar has its end. */
export function ShareButton({ session }: { readonly session: PhoneSession }) {
  const isOff = usePhoneShare(({ share }) => share.kind === 'off');
  const isWanted = usePhone(({ notices }) => notices.some(({ kind }) => kind === 'share'));
  if (!isOff) return null;
  return (
    <button
      type="button"
      className="button button-quiet share-button"
      data-wanted={isWanted}
      onClick={() => session.share.choose()}
    >
      <IconScreenShare size={22} aria-hidden="true" />
      {SHARE_WORDS.share}
    </button>
  );
}
