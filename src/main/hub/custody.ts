import { HubError } from '../../common/contract/errors';
import { type Custody, type CustodyCertificate, LATE_AFTER_MS } from '../../common/model/custody';
import type { Session } from '../../common/model/session';
import { type DeviceCustody, nothingOf, type Store } from '../store';
import type { CapturedBook } from './captured-book';
import { amendmentOf, withHash, withoutName } from './certificate-text';
import type { HubDevices } from './device-directory';
import type { KeptCertificates } from './kept-certificates';
import { MESSAGE_REFUSAL, type RefusalCounts } from './refusal-counts';
import type { Sessions } from './sessions';
import { askStore } from './store-refusal';

interface CustodyParts {
  readonly hubId: string;
  readonly version: string;
  readonly clock: { now(): number };
  readonly store: Pick<Store, 'custody'>;
  readonly sessions: Sessions;
  readonly devices: Pick<HubDevices, 'get' | 'personOf' | 'nameOf' | 'merges'>;
  readonly captured: CapturedBook;
  readonly refusals: RefusalCounts;
  readonly kept: KeptCertificates;
  readonly onBug: (error: unknown) => void;
}

/** What came of every frame: the store's counts, with names and what the phones say of themselves. */
export class CustodyBook {
  readonly #parts: CustodyParts;
  /** The last of what is done to issued certificates; never rejects. */
  #issuing: Promise<unknown> = Promise.resolve();
  #isClosing = false;

  constructor(parts: CustodyParts) {
    this.#parts = parts;
  }

  /** @param sessionId `latest` or absent: the current one. @throws HubError not_found */
  async ofDevice(
    deviceId: string,
    sessionId: string = 'latest',
  ): Promise<{ readonly sessionId: string; readonly custody: Custody }> {
    const { device, isSaved } = this.#parts.devices.personOf(deviceId);
    const session = await this.#session(sessionId);
    // A device that stored nothing is not in the store, and has nothing counted.
    const [counts] = isSaved ? await this.#read(session.sessionId, device.deviceId) : [];
    return {
      sessionId: session.sessionId,
      custody: this.#custodyOf(counts ?? nothingOf(device.deviceId), session.sessionId),
    };
  }

  /**
   * Of a stopped session the one that was issued then, with what has changed since beside it.
   * @param sessionId `latest`: the current one, up to now. @throws HubError not_found
   */
  async certificate(sessionId: string): Promise<CustodyCertificate> {
    const session = await this.#session(sessionId);
    if (session.endedAtMs === null) return this.#make(session);
    const issued = await this.#inTurn(() => this.#issue(session));
    const amendment = amendmentOf(issued, await this.#make(session, issued));
    return amendment === null ? issued : { ...issued, amendment };
  }

  /** Issues what a session that was stopped has none of yet: right after the stop, or after a stop that a crash cut short. */
  async issueMissing(): Promise<void> {
    const issued = this.#inTurn(async () => {
      const have = new Set(
        (await this.#parts.kept.list()).map(({ sessionId, endedAtMs }) => `${sessionId} ${endedAtMs}`),
      );
      for (const session of await askStore(this.#parts.sessions.list())) {
        const { sessionId, endedAtMs } = session;
        if (this.#isClosing) return;
        if (endedAtMs !== null && !have.has(`${sessionId} ${endedAtMs}`)) await this.#issue(session);
      }
    });
    await issued.catch((error: unknown) => this.#parts.onBug(error));
  }

  /** Nothing is issued any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#issuing;
  }

  /** Takes the name of a person who was erased out of everything that was issued. */
  async eraseName(deviceId: string): Promise<void> {
    const { kept, devices } = this.#parts;
    const name = devices.get(deviceId)?.device.name ?? deviceId;
    await this.#inTurn(async () => {
      for (const stop of await kept.list()) {
        const certificate = await kept.read(stop);
        const nameless = certificate && withoutName(certificate, deviceId, name);
        if (nameless) kept.keep(nameless);
      }
    });
  }

  /** Of a session that was erased. */
  async forget(sessionId: string): Promise<void> {
    await this.#inTurn(() => this.#parts.kept.forget(sessionId));
  }

  /** One after the other: no stop has two certificates. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#issuing.then(work);
    this.#issuing = done.catch(() => {});
    return done;
  }

  /** The one that was issued when the session was stopped; it is issued now when there is none. */
  async #issue(session: Session): Promise<CustodyCertificate> {
    const { kept, onBug } = this.#parts;
    const { sessionId, endedAtMs } = session;
    const issued = await kept.read({ sessionId, endedAtMs: endedAtMs ?? 0 });
    if (issued) return issued;
    const certificate = await this.#make(session);
    try {
      kept.keep(certificate);
    } catch (error) {
      // A full disk: it is issued anew when it is asked for.
      onBug(error);
    }
    return certificate;
  }

  /** @param issued what is known of devices that are there no longer */
  async #make(session: Session, issued: CustodyCertificate | null = null): Promise<CustodyCertificate> {
    const { hubId, version, clock, captured, devices } = this.#parts;
    const { sessionId } = session;
    const counted = await this.#read(sessionId, null);
    const isCounted = new Set(counted.map(({ deviceId }) => deviceId));
    // Whose phone captured and delivered nothing is who one looks for in a certificate.
    const told = captured.devicesOf(sessionId).filter((deviceId) => (captured.of(sessionId, deviceId) ?? 0) > 0);
    const people = new Set(told.map((deviceId) => devices.merges.shownAs(deviceId)));
    const silent = [...people].filter((deviceId) => !isCounted.has(deviceId));
    const names = new Map(issued?.devices.map(({ deviceId, name }) => [deviceId, name]));
    return withHash({
      kind: 'perch-custody-certificate',
      version: 1,
      hubId,
      hubVersion: version,
      issuedAtMs: clock.now(),
      isFinal: session.endedAtMs !== null,
      lateAfterMs: LATE_AFTER_MS,
      session,
      devices: [...counted, ...silent.map(nothingOf)].map((counts) =>
        this.#custodyOf(counts, sessionId, names.get(counts.deviceId)),
      ),
    });
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

  #custodyOf({ deviceId, duplicates, ...counts }: DeviceCustody, sessionId: string, knownAs?: string): Custody {
    const { devices, captured } = this.#parts;
    const refused = pick(counts.refused, (code) => (code.startsWith(MESSAGE_REFUSAL) ? null : code));
    const refusedFrames = Object.values(refused).reduce((sum, frames) => sum + frames, 0);
    const told = devices.merges.groupOf(deviceId).flatMap((id) => captured.of(sessionId, id) ?? []);
    return {
      deviceId,
      merged: devices.merges.mergedInto(deviceId),
      name: devices.nameOf(deviceId) ?? knownAs ?? captured.nameOf(sessionId, deviceId) ?? deviceId,
      captured: told.length === 0 ? null : told.reduce((sum, count) => sum + count, 0),
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
