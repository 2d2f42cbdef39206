import type { DoctorCheck } from '../../../../common/model/doctor';

/** The whole ladder in one sentence. */
export function summaryOf(checks: readonly DoctorCheck[]): string {
  if (checks.length === 0) return 'Nothing was checked yet.';
  const count = (state: DoctorCheck['state']): number => checks.filter((check) => check.state === state).length;
  const [troubles, warnings] = [count('trouble'), count('warning')];
  const look = warnings === 1 ? '1 thing to look at' : `${warnings} things to look at`;
  if (troubles > 0) {
    const stop = troubles === 1 ? '1 thing stops phones' : `${troubles} things stop phones`;
    return warnings > 0 ? `${stop}, and ${look}.` : `${stop}.`;
  }
  return warnings > 0 ? `Nothing stops phones; ${look}.` : 'All is well on this laptop.';
}
