import { Merges } from '../../common/model/merges';
import type { MergedDevice, ReadStatements } from './statements/read-statements';

/** Which devices are shown as another one, and what that one is called. */
export interface Merged {
  readonly merges: Merges;
  /** Of those that others are shown as, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** From the rows of `mergedDevices`. */
export const toMerged = (rows: readonly MergedDevice[]): Merged => ({
  merges: new Merges(rows),
  names: new Map(rows.map(({ mergedInto, intoName }) => [mergedInto, intoName])),
});

/** As it is now. */
export const readMerged = (reads: ReadStatements): Merged => toMerged(reads.mergedDevices.all());

/** A row of the log under the name of who its device is shown as. */
export function asShown<Row extends { readonly deviceId: string; readonly deviceName: string }>(
  row: Row,
  { merges, names }: Merged,
): Row {
  const deviceId = merges.shownAs(row.deviceId);
  if (deviceId === row.deviceId) return row;
  return { ...row, deviceId, deviceName: names.get(deviceId) ?? row.deviceName };
}

/** By row id of the session: how many of its devices are shown as another one that it has too, and are none of its own. */
export function countHidden(reads: ReadStatements): ReadonlyMap<number, number> {
  const { merges, names } = readMerged(reads);
  const hidden = new Map<number, number>();
  for (const shown of names.keys()) {
    if (merges.shownAs(shown) !== shown) continue;
    const seen = new Set<number>();
    for (const session of merges.groupOf(shown).flatMap((deviceId) => reads.sessionsOfDevice.all(deviceId))) {
      if (seen.has(session)) hidden.set(session, (hidden.get(session) ?? 0) + 1);
      seen.add(session);
    }
  }
  return hidden;
}
