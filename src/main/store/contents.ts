import type { Database } from 'better-sqlite3';
import { toDevice, toSession } from './rows';
import { prepareReads } from './statements/read-statements';
import type { StoreContents } from './store';

/** What the hub has to know before the first phone connects. */
export function readContents(db: Database): { hubId: string; contents: StoreContents } {
  const statements = prepareReads(db);
  return {
    hubId: statements.hubId.get() ?? '',
    contents: {
      devices: statements.devices.all().map(toDevice),
      deviceKeys: statements.deviceKeys.all(),
      settings: Object.fromEntries(statements.settings.all().map(({ name, value }) => [name, value])),
      sessions: statements.sessions.all().map(toSession),
      lastReceivedAtMs: statements.lastReceivedAtMs.get() ?? null,
    },
  };
}
