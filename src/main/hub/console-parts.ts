import type { ErasedCounts } from '../../common/model/erased-words';
import type { DoctorParts } from '../doctor';
import type { MjpegSources, Recordings } from '../screens';
import type { Signaling } from '../signaling';
import type { Store } from '../store';
import type { Thumbnails } from '../thumbnails';
import type { AccessBook } from './access';
import type { AlertBoard } from './alerts';
import type { AuditLog } from './audit';
import type { Backups } from './backups';
import type { CustodyBook } from './custody';
import type { HubDevices } from './device-directory';
import type { Drills } from './drills';
import type { Exports } from './exports';
import type { HubKeyRing } from './key-ring';
import type { KeyBook } from './keys/key-book';
import type { LiveFeed } from './live-feed';
import type { LiveState } from './live-state';
import type { HubLog } from './log';
import type { Merging } from './merging';
import type { PairingBoard } from './pairing';
import type { People } from './people';
import type { Phones } from './phones';
import type { ProfileFile } from './profile-file';
import type { RecordingDesk } from './recording-desk';
import type { ScreenFinder } from './screen-finder';
import type { Sessions } from './sessions';

/** What the control room is shown and may change. */
export interface ConsoleParts {
  readonly hubId: string;
  readonly version: string;
  readonly dataFolder: string;
  readonly startedAtMs: number;
  readonly clock: { now(): number };
  readonly log: HubLog;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly devices: HubDevices;
  readonly keys: HubKeyRing;
  readonly keyBook: KeyBook;
  readonly live: LiveState;
  readonly feed: LiveFeed;
  readonly alerts: AlertBoard;
  readonly backups: Backups;
  readonly drills: Drills;
  readonly audit: AuditLog;
  readonly access: AccessBook;
  readonly people: People;
  readonly merging: Merging;
  /** See erase-person.ts. */
  readonly erase: (deviceId: string, name: string) => Promise<ErasedCounts>;
  readonly exports: Exports;
  readonly custody: CustodyBook;
  readonly phones: Phones;
  readonly profile: ProfileFile;
  readonly thumbnails: Thumbnails;
  readonly signaling: Signaling;
  readonly mjpeg: MjpegSources;
  readonly screenFinder: ScreenFinder;
  readonly recordings: Recordings;
  readonly recordingDesk: RecordingDesk;
  /** Addresses of this laptop that phones seldom reach; see Lan.offLan. */
  offLan(): readonly string[];
  /** null until the hub listens. */
  pairing(): PairingBoard | null;
  /** Likewise. */
  doctor(): DoctorParts | null;
}
