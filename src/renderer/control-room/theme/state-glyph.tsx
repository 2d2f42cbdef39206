import { useComputedColorScheme } from '@mantine/core';
import type { Presence } from '../stores/presence';
import { personColour } from './person-colour';

/** What a state is called, in lists and for screen readers. */
export const PRESENCE_WORD: Record<Presence, string> = { online: 'online', stale: 'silent', offline: 'offline' };

/** A person's dot: filled while sending, an open amber ring when silent, a struck-through grey ring when offline. */
export function StateGlyph({ colour: index, presence }: { readonly colour: number; readonly presence: Presence }) {
  const scheme = useComputedColorScheme('light');
  const colour = personColour(index)[scheme];
  return (
    <svg width="16" height="16" viewBox="-8 -8 16 16" role="img" aria-label={PRESENCE_WORD[presence]}>
      {presence === 'online' && <circle r="5.5" fill={colour} />}
      {presence === 'stale' && (
        <>
          <circle r="6" fill="none" stroke="var(--perch-stale-mark)" strokeWidth="2" />
          <circle r="2.5" fill={colour} />
        </>
      )}
      {presence === 'offline' && (
        <g fill="none" stroke="var(--perch-offline)" strokeWidth="1.75">
          <circle r="5" />
          <path d="M-4.5 4.5 4.5 -4.5" />
        </g>
      )}
    </svg>
  );
}
