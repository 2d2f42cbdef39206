import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../../common/contract/errors';
import { type PhoneProfile, profileSchema } from '../../common/contract/requests/profile';
import { PHONE_SENSORS, type PhoneConfig } from '../../common/wire/ingest';
import { writeDurably } from './durable-file';
import type { HubLog } from './log';

/** What suits most teams: everybody's place once a second, photos that can be read. */
const NORMAL: PhoneProfile = {
  intervalMs: 1000,
  sensors: PHONE_SENSORS,
  media: { photoSidePx: 1600, audioSeconds: 60 },
};

/** What phones are to send, kept in the data folder. */
export class ProfileFile {
  readonly #path: string;
  #profile: PhoneProfile;

  constructor({ dataDir, log }: { readonly dataDir: string; readonly log: HubLog }) {
    this.#path = join(dataDir, 'profile.json');
    this.#profile = read(this.#path, log);
  }

  get profile(): PhoneProfile {
    return this.#profile;
  }

  /** As phones are told. */
  get config(): PhoneConfig {
    return { type: 'config', ...this.#profile };
  }

  /** In force and durable when it returns. @throws HubError storage_unavailable: the one before stays. */
  replace(profile: PhoneProfile): void {
    try {
      writeDurably(this.#path, `${JSON.stringify(profile, null, 2)}\n`);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new HubError('storage_unavailable', `What phones send could not be kept: ${cause}`);
    }
    this.#profile = profile;
  }
}

/** A file that somebody spoiled is no reason not to start. */
function read(path: string, log: HubLog): PhoneProfile {
  if (!existsSync(path)) return NORMAL;
  try {
    return profileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    log.warn({ err: error, path }, 'the phone profile can not be read: the usual one is in force');
    return NORMAL;
  }
}
