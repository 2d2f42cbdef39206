import type { RequestResult } from '../../../../common/contract/requests';

/** Somebody a person may be merged with. */
export type MergeChoice = RequestResult<'device.list'>['devices'][number];

/** A choice, and what speaks for it being the same person, in a few words each. */
export interface RankedChoice {
  readonly device: MergeChoice;
  readonly reasons: readonly string[];
}

/** More would not be read: the search finds the others. */
const MOST_CHOICES = 50;

/** A name without the number that the hub gives a second phone of it: "ann (2)" is "ann". */
const bareName = (name: string): string => name.replace(/ \(\d+\)$/, '').toLocaleLowerCase();

/**
 * Who may be the same person, most likely first: of the same name, with the same browser, at the same address. Two that are
 * connected at once are rather two people.
 * @param search part of a name, an address or a platform; empty: everybody
 */
export function mergeChoices(
  person: MergeChoice,
  all: readonly MergeChoice[],
  search: string,
): readonly RankedChoice[] {
  const wanted = search.trim().toLocaleLowerCase();
  return all
    .filter((device) => device.deviceId !== person.deviceId && isFound(device, wanted))
    .map((device) => ({ device, ...likeness(person, device) }))
    .sort((a, b) => b.score - a.score || b.device.lastSeenAtMs - a.device.lastSeenAtMs)
    .slice(0, MOST_CHOICES)
    .map(({ device, reasons }) => ({ device, reasons }));
}

const isFound = ({ name, platform, lastAddress }: MergeChoice, wanted: string): boolean =>
  [name, platform, lastAddress].some((text) => text?.toLocaleLowerCase().includes(wanted) === true);

function likeness(person: MergeChoice, other: MergeChoice): { readonly score: number; readonly reasons: string[] } {
  const signs: ReadonlyArray<readonly [reason: string, weight: number, isSo: boolean]> = [
    ['same name', 4, bareName(person.name) === bareName(other.name)],
    ['same browser', 2, person.userAgent !== null && person.userAgent === other.userAgent],
    ['same address', 2, person.lastAddress !== null && person.lastAddress === other.lastAddress],
    ['connected at the same time', -3, person.isOnline && other.isOnline],
  ];
  const seen = signs.filter(([, , isSo]) => isSo);
  return {
    score: seen.reduce((sum, [, weight]) => sum + weight, 0),
    reasons: seen.map(([reason]) => reason),
  };
}
