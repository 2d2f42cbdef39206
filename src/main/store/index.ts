import { DiskWatch } from './disk-watch';
import { erase } from './erase-session';
import { Health } from './health';
import { OneAtATime } from './one-at-a-time';
import { Readers } from './read-store';
import { ReaderClient } from './reader-client';
import type { ReadStore, Store, StoreLog, StoreOptions } from './store';
import { Troubles } from './troubles';
import { WriterClient } from './writer-client';

export { nothingOf } from './nothing-of';
export type * from './store';
export { StoreError } from './store-error';

const silent: StoreLog = () => {};

/**
 * Opens the data folder for the one hub that writes it: makes it, takes its lock, brings its schema up to date.
 * @throws StoreError locked, newer_schema, unwritable; closed: told to stop
 */
export async function openStore({ dataDir, log = silent, maxPages, disk = {}, stop }: StoreOptions): Promise<Store> {
  const { client: writer, opened } = await WriterClient.open({ dataDir, maxPages: maxPages ?? null }, log, stop);
  const { hubId, contents } = opened;
  const troubles = new Troubles(log);
  const tell: Troubles['tell'] = (trouble) => troubles.tell(trouble);
  const readers = new Readers(ReaderClient.inThread(dataDir, 'store-reader', log), { hubId, dataDir, log, tell });
  const health = new Health({ dataDir, writer, readers, troubles, log }, opened);
  const watch = new DiskWatch(dataDir, disk, { troubles, log, reusableBytes: readers.reusableBytes });
  await watch.look();
  const maintenance = new OneAtATime();
  const { listSessions, listDevices, frames, latest, track, trackCheckpoints } = readers;
  const { media, mediaTotals, custody, audit, deviceCounts } = readers;
  return {
    hubId,
    dataDir,
    atOpen: contents,
    waiting: writer.waiting,
    stats: writer.stats,
    append: (frame, receipt) => {
      const refusal = watch.refusal();
      if (refusal) receipt.failed(refusal);
      else writer.append(frame, receipt);
    },
    appendBatch: async (batch, refusedSeqs, of, tell) => {
      const refusal = watch.refusal();
      if (refusal) throw refusal;
      return writer.appendBatch(batch, refusedSeqs, of, tell);
    },
    recordDropped: (ranges, of) => writer.recordDropped(ranges, of),
    recordRefused: (code, count, of) => writer.recordRefused({ code, count, ...of }),
    settledUpTo: async (deviceId, boot) => (await writer.appendBatch([], [], { deviceId, boot })).upTo,
    saveDevice: (row) => writer.save({ table: 'devices', row }),
    saveDeviceKey: (row) => writer.save({ table: 'device_keys', row }),
    deleteDeviceKeys: (deviceId) => writer.save({ table: 'device_keys_gone', row: { deviceId } }),
    saveSetting: (name, value) => writer.save({ table: 'settings', row: { name, value } }),
    saveSession: (row) => writer.save({ table: 'sessions', row }),
    saveTrackCheckpoint: (sessionId, row) => writer.save({ table: 'track_checkpoints', row: { sessionId, ...row } }),
    deleteTrackCheckpoints: (sessionId, deviceId) =>
      writer.save({ table: 'track_checkpoints_gone', row: { sessionId, deviceId } }),
    recordAudit: (row) => writer.save({ table: 'audit', row }),
    onDrain: (listener) => writer.waiting.onDrain(listener),
    retentionPlan: readers.retentionPlan,
    eraseSession: (sessionId) => maintenance.run(() => erase(writer, { sessionId })),
    eraseDevice: (deviceId) => maintenance.run(() => erase(writer, { deviceId })),
    // Not during an erasure: the copied log would name files that are gone.
    backup: (targetFolder, besides = () => Promise.resolve([])) =>
      maintenance.run(() => readers.backup(targetFolder, besides)),
    onTrouble: troubles.listen,
    listSessions,
    listDevices,
    frames,
    latest,
    track,
    trackCheckpoints,
    media,
    mediaTotals,
    custody,
    audit,
    deviceCounts,
    exportRows: (selection) => readers.exportRows(selection),
    hurry: () => writer.hurry(),
    async close() {
      watch.close();
      const isChecked = await health.close();
      // Readers first: the last connection to close moves the write-ahead log into the database.
      await readers.close();
      await writer.close(isChecked);
    },
  };
}

/**
 * Opens the data folder for reading only, beside a running hub or without one. Takes no lock, never migrates.
 * @throws StoreError no_data, newer_schema, older_schema
 */
export async function openReadStore({
  dataDir,
  log = silent,
}: Pick<StoreOptions, 'dataDir' | 'log'>): Promise<ReadStore> {
  const reader = ReaderClient.inThread(dataDir, 'store-reader', log);
  const hubId = await reader.ask('hubId', null);
  return new Readers(reader, { hubId, dataDir, log });
}
