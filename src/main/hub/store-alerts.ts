import type { Alert } from '../../common/model/alert';
import type { LostMedia, Store, StoreThread, StoreTrouble } from '../store';
import type { AlertBoard } from './alerts';

type DiskTrouble = Extract<StoreTrouble, { kind: 'disk' }>;
type Salvage = Extract<StoreTrouble, { kind: 'salvaged' }>['salvage'];

const UNCLEAN = 'storage.unclean_stop';
const DAMAGED = 'storage.damaged';
const MEDIA = 'storage.media';
const DISK = 'storage.disk';

/** Raised while a thread of the store is down. */
export const threadAlertId = (thread: StoreThread): string => `storage.${thread}`;

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
      case 'media_lost':
        alerts.raise({ id: MEDIA, severity: 'warning', ...mediaWords(trouble) });
        return;
      case 'disk':
        raiseDisk(alerts, trouble);
        return;
      case 'thread_back':
        alerts.clear(threadAlertId(trouble.thread));
        return;
      case 'thread_crashed':
      case 'thread_down':
        if (trouble.thread === 'check' && trouble.kind === 'thread_down') alerts.clear(UNCLEAN);
        alerts.raise({ id: threadAlertId(trouble.thread), ...threadWords(trouble) });
        return;
      default:
        alerts.clear(UNCLEAN);
        alerts.raise({ id: DAMAGED, severity: 'critical', ...wordsFor(trouble) });
    }
  });
}

type Damage = Extract<StoreTrouble, { kind: 'damaged' | 'salvaged' | 'not_salvaged' }>;

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

function mediaWords({ files, people }: LostMedia): { readonly sentence: string; readonly tip: string } {
  const [what, are] = files === 1 ? ['1 photo or sound', 'is'] : [`${files} photos and sounds`, 'are'];
  const whose = people.length === 0 ? '' : ` Sent by ${people.join(', ')}.`;
  return {
    sentence: `${what} of the log ${are} missing on the disk, or cut off.${whose}`,
    tip: 'A backup made before may have them. Check this laptop’s disk.',
  };
}

const THREADS: Readonly<Record<StoreThread, string>> = {
  writer: 'The part of Perch that stores',
  reader: 'The part of Perch that reads what is stored',
  check: 'The check of the log after the last stop',
};
const RESTART = 'Close Perch and start it again.';
const WHEN_DOWN: Readonly<Record<StoreThread, { readonly so: string; readonly tip: string }>> = {
  writer: {
    so: 'Nothing more is stored.',
    tip: `${RESTART} What is stored is safe; the phones keep the rest and send it.`,
  },
  reader: { so: 'Frames are stored, but sessions and exports do not open.', tip: RESTART },
  check: { so: 'Everything else goes on.', tip: 'It is checked at the next start.' },
};

function threadWords({
  kind,
  thread,
}: Extract<StoreTrouble, { thread: StoreThread }>): Pick<Alert, 'severity' | 'sentence' | 'tip'> {
  const severity = thread === 'check' ? 'warning' : 'critical';
  if (kind === 'thread_down') {
    const { so, tip } = WHEN_DOWN[thread];
    return { severity, sentence: `${THREADS[thread]} broke down three times in a minute. ${so}`, tip };
  }
  const tip =
    thread === 'writer'
      ? 'Nothing to do: the phones keep what was not stored and send it again.'
      : 'Nothing to do: frames are stored all the while.';
  return { severity, sentence: `${THREADS[thread]} broke down and is being started again.`, tip };
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
