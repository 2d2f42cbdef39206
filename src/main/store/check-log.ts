import type { Database } from 'better-sqlite3';
import { readFrame } from './sound-frame';
import type { ReadStatements } from './statements/read-statements';

/** Told at most: enough to know that it is damaged. */
const MAX_FINDINGS = 20;
/** Rows read in one go: a longer read would keep the write-ahead log from being emptied. */
const ROWS = 2000;

/**
 * Looks for damage in the whole database: what SQLite finds in the structure of its file, and then what it does not look
 * at, the texts of the rows. @returns findings; empty: sound.
 */
export function checkLog(db: Database, reads: ReadStatements): string[] {
  const findings = db.prepare<[], string>(`PRAGMA quick_check(${MAX_FINDINGS})`).pluck().all();
  if (findings.length !== 1 || findings[0] !== 'ok') return findings;
  return [...damagedCounters(db), ...damagedFrames(reads)];
}

function damagedCounters(db: Database): string[] {
  const damaged = db.prepare<[], number>(
    'SELECT count(*) FROM session_devices WHERE NOT (json_valid(latest) AND json_valid(delays))',
  );
  const count = damaged.pluck().get() ?? 0;
  return count === 0 ? [] : [`${count} counters can't be read.`];
}

function damagedFrames(reads: ReadStatements): string[] {
  const findings: string[] = [];
  for (let after = 0; ; ) {
    const rows = reads.cellsFrom.all(after, ROWS);
    for (const row of rows) {
      if (readFrame(row, () => row.body) === null) findings.push(`Frame ${row.frameId} can't be read.`);
      if (findings.length === MAX_FINDINGS) return findings;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return findings;
    after = last.frameId;
  }
}
