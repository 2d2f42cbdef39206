import { createHash } from 'node:crypto';
import { HubError } from '../../common/contract/errors';
import { type Custody, type CustodyCertificate, LATE_AFTER_MS } from '../../common/model/custody';
import type { Session } from '../../common/model/session';
import { type DeviceCustody, nothingOf, type Store } from '../store';
import { canonicalJson } from './canonical-json';
import type { CapturedBook } from './captured-book';
import type { HubDevices } from './device-directory';
import { MESSAGE_REFUSAL, type RefusalCounts } from './refusal-counts';
import type { Sessions } from './sessions';
import { askStore } from './store-refusal';

interface CustodyParts {
  readonly hubId: string;
  readonly version: string;
  readonly clock: { now(): number };
  readonly store: Pick<Store, 'custody'>;
  readonly sessions: Sessions;
  readonly devices: Pick<HubDevices, 'get'>;
  readonly captured: CapturedBook;
  readonly refusals: RefusalCounts;
}

/** What came of every frame: the store's counts, with names and what the phones say of themselves. */
export class CustodyBook {
  readonly #parts: CustodyParts;

  constructor(parts: CustodyParts) {
    this.#parts = parts;
  }

  /** @param sessionId `latest` or absent: the current one. @throws HubError not_found */
  async ofDevice(
    deviceId: string,
    sessionId: string = 'latest',
  ): Promise<{ readonly sessionId: string; readonly custody: Custody }> {
    const entry = this.#parts.devices.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    const session = await this.#session(sessionId);
    // A device that stored nothing is not in the store, and has nothing counted.
    const [counts] = entry.isSaved ? await this.#read(session.sessionId, deviceId) : [];
    return { sessionId: session.sessionId, custody: this.#custodyOf(counts ?? nothingOf(deviceId), session.sessionId) };
  }

  /** @param sessionId `latest`: the current one, up to now. @throws HubError not_found */
  async certificate(sessionId: string): Promise<CustodyCertificate> {
    const { hubId, version, clock } = this.#parts;
    const session = await this.#session(sessionId);
    const counted = await this.#read(session.sessionId, null);
    const certificate = {
      kind: 'perch-custody-certificate',
      version: 1,
      hubId,
      hubVersion: version,
      issuedAtMs: clock.now(),
      isFinal: session.endedAtMs !== null,
      lateAfterMs: LATE_AFTER_MS,
      session,
      devices: counted.map((counts) => this.#custodyOf(counts, session.sessionId)),
    } as const;
    return { ...certificate, sha256: createHash('sha256').update(canonicalJson(certificate)).digest('hex') };
  }

  async #read(sessionId: string, deviceId: string | null): Promise<readonly DeviceCustody[]> {
    await this.#parts.refusals.flush();
    return askStore(this.#parts.store.custody({ sessionId, deviceId, lateAfterMs: LATE_AFTER_MS }));
  }

  async #session(sessionId: string): Promise<Session> {
    const { sessions } = this.#parts;
    const wanted = sessionId === 'latest' ? sessions.current.sessionId : sessionId;
    const session = (await askStore(sessions.list())).find((one) => one.sessionId === wanted);
    if (!session) throw new HubError('not_found', 'There is no such session.');
    return session;
  }

  #custodyOf({ deviceId, duplicates, ...counts }: DeviceCustody, sessionId: string): Custody {
    const { devices, captured } = this.#parts;
    const refused = pick(counts.refused, (code) => (code.startsWith(MESSAGE_REFUSAL) ? null : code));
    const refusedFrames = Object.values(refused).reduce((sum, frames) => sum + frames, 0);
    return {
      deviceId,
      name: devices.get(deviceId)?.device.name ?? deviceId,
      captured: captured.of(sessionId, deviceId),
      received: counts.stored + duplicates + refusedFrames,
      stored: counts.stored,
      duplicate: duplicates,
      refused,
      refusedMessages: pick(counts.refused, (code) =>
        code.startsWith(MESSAGE_REFUSAL) ? code.slice(MESSAGE_REFUSAL.length) : null,
      ),
      erased: counts.erased,
      dropped: counts.dropped,
      late: counts.late,
      missing: counts.missing,
      beforeFirst: counts.beforeFirst,
      holes: [...counts.holes],
      bytes: counts.bytes,
      firstAtMs: counts.firstAtMs,
      lastAtMs: counts.lastAtMs,
      delay: counts.delay,
    };
  }
}

/** Counts under other names; those without one are left out. */
function pick(
  counts: Readonly<Record<string, number>>,
  nameOf: (code: string) => string | null,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([code, count]) => {
      const name = nameOf(code);
      return name === null ? [] : [[name, count]];
    }),
  );
}
