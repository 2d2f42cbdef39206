import type { RowSave } from './writer-messages';

/** Rows the disk did not take, newest of each id, in order: frames to come refer to them, so they are tried again. */
export type UnsavedRows = Map<string, RowSave>;

/** Remembers the devices and sessions among rows that were not saved; whoever saved another row hears of the failure. */
export function keepUnsaved(unsaved: UnsavedRows, rows: readonly RowSave[]): void {
  for (const save of rows) {
    const id = save.table === 'devices' ? save.row.deviceId : save.table === 'sessions' ? save.row.sessionId : '';
    if (id !== '') unsaved.set(`${save.table} ${id}`, save);
  }
}
