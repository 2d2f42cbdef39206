import { IconAntennaBars5, IconAntennaBarsOff, IconCheck, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { toReasonText } from './engine-words';
import { formatAge, formatSeconds } from './format';
import { type LinkWords, toLinkWords } from './link-words';

const ICONS: Record<LinkWords['state'], typeof IconRefresh> = {
  off: IconCheck,
  connecting: IconRefresh,
  connected: IconAntennaBars5,
  reconnecting: IconRefresh,
  gone: IconAntennaBarsOff,
  closed: IconPlugConnectedX,
};

const NEVER_REACHED =
  'Never reached yet. On an iPhone: is the certificate switched on in Settings > General > About > Certificate Trust Settings?';

/** A round trip a person would notice. */
const SLOW_MS = 700;

/** The state of the link in one line, with the sentence and the button where a person has to act. */
export function LinkStrip({ session, nowMs }: { readonly session: PhoneSession; readonly nowMs: number }) {
  const { link, stage, storedAtMs, everConnected, held, roundTripMs, kickReason } = usePhone();
  const words = toLinkWords(link, stage === 'streaming', nowMs);
  const Icon = ICONS[words.state];
  const isClosed = words.state === 'closed';
  const stored = storedAtMs === null ? null : `stored ${formatAge(nowMs - storedAtMs)}`;
  // Worth a word only when it is slow: then it explains why numbers wait.
  const slow = roundTripMs !== null && roundTripMs >= SLOW_MS ? `slow, ${formatSeconds(roundTripMs)}` : null;
  const aside = words.detail ?? ([stored, slow].filter((word) => word !== null).join(' · ') || null);
  return (
    <section className="link" data-state={words.state} data-testid="link" aria-label="Link to the hub">
      <div className="link-line">
        <Icon className="link-icon" size={22} stroke={2} aria-hidden="true" />
        <strong className="link-label" role="status">
          {words.label}
        </strong>
        {!isClosed && aside && <span className="link-aside">{aside}</span>}
      </div>
      {words.state === 'gone' && !everConnected && <p className="link-text">{NEVER_REACHED}</p>}
      {words.state === 'connected' && held && <p className="link-text">The hub says: {toReasonText(held)}</p>}
      {isClosed && (
        <>
          {kickReason && <p className="link-text link-reason">“{kickReason}”</p>}
          <p className="link-text">{words.detail}</p>
          <button type="button" className="button button-quiet" onClick={() => session.reconnect()}>
            Use this phone here again
          </button>
        </>
      )}
    </section>
  );
}
