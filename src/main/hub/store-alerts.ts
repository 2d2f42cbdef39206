import type { Store, StoreTrouble } from '../store';
import type { AlertBoard } from './alerts';

type DiskTrouble = Extract<StoreTrouble, { kind: 'disk' }>;
type Salvage = Extract<StoreTrouble, { kind: 'salvaged' }>['salvage'];

const UNCLEAN = 'storage.unclean_stop';
const DAMAGED = 'storage.damaged';
const DISK = 'storage.disk';

/** Shows the operator what the store has to say. Returns the unsubscriber. */
export function raiseStoreAlerts(store: Pick<Store, 'onTrouble'>, alerts: AlertBoard): () => void {
  return store.onTrouble((trouble) => {
    switch (trouble.kind) {
      case 'unclean_stop':
        alerts.raise({
          id: UNCLEAN,
          severity: 'info',
          sentence: 'Perch did not stop as it should last time. The log is being checked.',
          tip: 'Nothing to do: everything goes on meanwhile.',
        });
        return;
      case 'sound':
        alerts.clear(UNCLEAN);
        return;
      case 'disk':
        raiseDisk(alerts, trouble);
        return;
      default:
        alerts.clear(UNCLEAN);
        alerts.raise({ id: DAMAGED, severity: 'critical', ...wordsFor(trouble) });
    }
  });
}

type Damage = Exclude<StoreTrouble, { kind: 'unclean_stop' | 'sound' | 'disk' }>;

function wordsFor(trouble: Damage): { readonly sentence: string; readonly tip: string } {
  switch (trouble.kind) {
    case 'damaged':
      return {
        sentence: 'The log on the disk is damaged. What can be read is being moved to a new file.',
        tip: 'Leave Perch running. The phones keep their frames meanwhile.',
      };
    case 'salvaged':
      return {
        sentence: `The log on the disk was damaged. ${lossOf(trouble.salvage)} The rest is in a new file.`,
        tip: `The damaged file is kept as ${trouble.salvage.keptAs} in the data folder. Check this laptop's disk.`,
      };
    case 'not_salvaged':
      return {
        sentence: `The log on the disk is damaged and could not be moved to a new file: ${trouble.reason}`,
        tip: 'Free some space on this laptop, then close Perch and start it again.',
      };
  }
}

function lossOf({ lostFrames, lostTables }: Salvage): string {
  const ranges = lostFrames.map(({ from, to, afterMs, beforeMs }) => {
    const which = to === null ? `frames from ${from} on` : from === to ? `frame ${from}` : `frames ${from} to ${to}`;
    const times = [
      afterMs === null ? '' : `after ${timeOf(afterMs)}`,
      beforeMs === null ? '' : `before ${timeOf(beforeMs)}`,
    ];
    const when = times.filter((time) => time !== '').join(' and ');
    return when === '' ? which : `${which} (received ${when})`;
  });
  const lost = [...ranges, ...lostTables.map((table) => `part of the ${table}`)];
  return lost.length === 0
    ? 'No frame was lost.'
    : `Lost: ${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ' and more' : ''}.`;
}

const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function raiseDisk(alerts: AlertBoard, { level, freeBytes }: DiskTrouble): void {
  if (level === 'ok') {
    alerts.clear(DISK);
    return;
  }
  const free = `${Math.floor(freeBytes / 1024 / 1024)} MiB`;
  alerts.raise({
    id: DISK,
    severity: level === 'full' ? 'critical' : 'warning',
    sentence:
      level === 'full'
        ? `The disk is full: only ${free} are left. Nothing more is stored.`
        : `The disk is nearly full: ${free} are left.`,
    tip: 'Free some space on this laptop. The phones keep their frames and send them again by themselves.',
  });
}
