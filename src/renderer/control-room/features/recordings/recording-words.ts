import type { Recording } from '../../../../common/model/recording';

/** How it is, in a few words; null: it plays, and nothing is to be said. */
export function stateWords({ state, ending }: Pick<Recording, 'state' | 'ending'>): string | null {
  if (state === 'recording') return 'being recorded';
  if (state === 'finishing') return ending === 'disk' ? 'waits for room on the disk' : 'being finished…';
  if (state === 'failed') return 'nothing that plays';
  if (ending === 'disk') return 'ended: disk nearly full';
  if (ending === 'session') return 'ended with its session';
  return ending === 'lost' ? 'ended: link lost' : null;
}
