import type { Alert } from '../../../../common/model/alert';
import { askHub } from '../../connect/ask-hub';
import { formatAge } from '../../format/time';
import { notifyFailure } from './notify';

/** Somebody here has seen it: every control room is quiet about it from then on. */
export function acknowledge(id: string): void {
  askHub('alert.acknowledge', { id }).catch((error: unknown) => notifyFailure('The alert could not be marked', error));
}

/** "Seen 2 min ago in the window"; null while nobody has. */
export function seenWords({ acknowledged }: Alert, nowMs: number): string | null {
  if (acknowledged === null) return null;
  const where = acknowledged.by === 'window' ? 'on the laptop' : 'in a browser';
  return `Seen ${formatAge(nowMs - acknowledged.atMs)} ago ${where}`;
}
