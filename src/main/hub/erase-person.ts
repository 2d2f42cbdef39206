import { HubError } from '../../common/contract/errors';
import { type ErasedCounts, erasedWords } from '../../common/model/erased-words';
import type { Recordings } from '../screens';
import type { Store } from '../store';
import type { Thumbnails } from '../thumbnails';
import type { AccessBook } from './access';
import type { AlertBoard } from './alerts';
import { type AuditLog, OPERATOR } from './audit';
import type { Calls } from './calls';
import type { CapturedBook } from './captured-book';
import type { CustodyBook } from './custody';
import type { HubDevices } from './device-directory';
import type { KeyBook } from './keys/key-book';
import type { LiveState } from './live-state';
import type { PhoneClocks } from './phone-clocks';
import type { Phones } from './phones';
import type { Tracks } from './quality/tracks';
import type { RefusalCounts } from './refusal-counts';
import type { Sessions } from './sessions';
import { askStore } from './store-refusal';

interface EraseParts {
  readonly store: Pick<Store, 'eraseDevice'>;
  readonly devices: HubDevices;
  readonly live: LiveState;
  readonly tracks: Pick<Tracks, 'forget'>;
  readonly sessions: Sessions;
  readonly phones: Phones;
  readonly calls: Calls;
  readonly captured: CapturedBook;
  readonly custody: Pick<CustodyBook, 'eraseName'>;
  readonly clocks: PhoneClocks;
  readonly statusBattery: Map<string, number>;
  readonly refusals: RefusalCounts;
  readonly thumbnails: Thumbnails;
  readonly recordings: Pick<Recordings, 'erase'>;
  readonly alerts: AlertBoard;
  readonly access: Pick<AccessBook, 'tell'>;
  readonly keyBook: Pick<KeyBook, 'forgetPerson'>;
  readonly audit: AuditLog;
}

/**
 * Erases a person's data, and what the hub remembers of them. Frames of others are stored meanwhile.
 * @param name as the operator typed it. @throws HubError not_found, conflict, storage_unavailable
 */
export async function erasePerson(parts: EraseParts, deviceId: string, name: string): Promise<ErasedCounts> {
  const { devices, live, sessions, phones, audit } = parts;
  const person = devices.personOf(deviceId).device;
  if (name.trim() !== person.name) throw new HubError('conflict', 'That is not the name of this person.');
  const group = devices.merges.groupOf(person.deviceId);
  phones.kick(person.deviceId, 'The operator erased what this phone sent.', 'erased');
  await parts.refusals.flush();
  // Names first: should it be cut short, what is left says less, not more.
  for (const one of group) {
    phones.forget(one);
    parts.tracks.forget(one);
    await askStore(devices.erase(one));
    parts.keyBook.forgetPerson(one);
  }
  const gone = { frames: 0, mediaFiles: 0, recordings: 0 };
  for (const one of group) {
    const { frames, mediaFiles, recordings } = await eraseData(parts, one);
    gone.frames += frames;
    gone.mediaFiles += mediaFiles;
    gone.recordings += recordings;
  }
  sessions.uncount(group, live.get(person.deviceId)?.frames ?? 0);
  for (const one of group) {
    forget(parts, one);
    await parts.custody.eraseName(one);
  }
  parts.access.tell();
  const detail = `The data of one person was erased: ${erasedWords(gone)}.`;
  audit.record({ action: 'device.erased', actor: OPERATOR, deviceId: person.deviceId, detail });
  return gone;
}

/** What is on the disk of one device. */
async function eraseData(parts: EraseParts, deviceId: string): Promise<ErasedCounts> {
  const { store, devices } = parts;
  let frames = 0;
  const media: string[] = [];
  if (devices.get(deviceId)?.isKept === true) {
    // What was on its way when its phone was closed comes after the first time.
    for (let last = 1; last > 0; ) {
      const gone = await askStore(store.eraseDevice(deviceId));
      frames += gone.frames;
      media.push(...gone.media);
      last = gone.frames;
    }
  }
  await parts.thumbnails.forget(media);
  return { frames, mediaFiles: media.length, recordings: await parts.recordings.erase({ deviceId }) };
}

/** What the hub remembers of it while it runs. */
function forget(parts: EraseParts, deviceId: string): void {
  const { alerts, live } = parts;
  live.forget(deviceId);
  // Once more: of what was on its way then.
  parts.tracks.forget(deviceId);
  parts.clocks.forget(deviceId);
  parts.statusBattery.delete(deviceId);
  parts.calls.forget(deviceId);
  parts.captured.forget(deviceId);
  alerts.forgetAbout(deviceId);
}
