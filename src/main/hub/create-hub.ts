import type { EventPayload } from '../../common/contract/events';
import type { Alert } from '../../common/model/alert';
import type { ServerShutdown } from '../../common/wire/ingest';
import type { DoctorParts } from '../doctor';
import type { IngestObserver } from '../ingest';
import type { Listening } from '../lan';
import { createMjpegSources, type MjpegSources, Recordings } from '../screens';
import { createSignaling, type Signaling } from '../signaling';
import { openStore, type Store } from '../store';
import { certificateRenewed, wrongKeys } from './audit-words';
import { BackedUp } from './backed-up';
import { Backups } from './backups';
import { Consoles } from './console';
import { createCore, type HubCore } from './core';
import { CustodyBook } from './custody';
import { doctorPartsOf } from './doctor-parts';
import { createDoors, type Doors } from './doors';
import { Drills } from './drills';
import { erasePerson } from './erase-person';
import { Exports } from './exports';
import type { Hub, HubOptions, HubReady } from './hub';
import type { HubEvent } from './hub-events';
import { KeptCertificates } from './kept-certificates';
import { followKeys } from './keys/follow-keys';
import { removeListening, writeListening } from './listening-file';
import { LiveFeed } from './live-feed';
import { Merging } from './merging';
import { createObserver } from './observer';
import { PairingBoard } from './pairing';
import { People } from './people';
import { WRONG_KEYS_TOLD, wrongKeyAlert } from './phone-alerts';
import { Phones } from './phones';
import { ProfileFile } from './profile-file';
import { RecordingDesk } from './recording-desk';
import { ScreenFinder } from './screen-finder';
import { Signal } from './signal';
import { startStatus } from './status';
import { raiseStoreAlerts } from './store-alerts';
import { UnreadMessages } from './unread-messages';

/**
 * Opens the data folder and puts the rooms together. Nothing listens before `start`.
 * @throws StoreError, or Error with a sentence, when the folder can't be used.
 */
export async function createHub(options: HubOptions): Promise<Hub> {
  const store = await openStore({
    dataDir: options.dataDir,
    stop: options.stop,
    log: (level, message, detail) => options.log[level](detail ?? {}, message),
  });
  try {
    return new PerchHub(options, store, await createCore(options, store));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Setting: the address the operator chose for the QR code. */
const PAIRING_ADDRESS = 'pairingAddress';

/** How often rates are looked at that fall because nothing comes, and session counts are told, ms. */
const TICK_MS = 1000;

/** The rooms, their wiring, and the order in which they open and close. */
class PerchHub implements Hub {
  readonly #options: HubOptions;
  readonly #store: Store;
  readonly #core: HubCore;
  readonly #events: Signal<HubEvent>;
  readonly #feed: LiveFeed;
  readonly #drills: Drills;
  readonly #exports: Exports;
  readonly #custody: CustodyBook;
  readonly #phones: Phones;
  readonly #consoles: Consoles;
  readonly #observer: IngestObserver;
  readonly signaling: Signaling;
  readonly #mjpeg: MjpegSources;
  readonly #screenFinder: ScreenFinder;
  readonly #recordings: Recordings;
  readonly #recordingDesk: RecordingDesk;
  readonly #startedAtMs: number;
  readonly #stops: Array<() => void> = [];
  readonly #alertsAtOpen: Alert[];
  #doors: Doors | null = null;
  #listening: Listening | null = null;
  #pairing: PairingBoard | null = null;
  #doctor: DoctorParts | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: HubOptions, store: Store, core: HubCore) {
    this.#options = options;
    this.#events = new Signal((error) => options.log.error({ err: error }, 'a listener failed'));
    this.#store = store;
    this.#core = core;
    this.#alertsAtOpen = [...core.alerts.list()];
    this.#startedAtMs = core.clock.now();
    this.#feed = new LiveFeed(core.live, core.clock);
    this.#drills = new Drills({
      ...options,
      clock: core.clock,
      onChanged: (drill) => this.#consoles.emit('drill.progress', drill),
      onBug: (error) => options.log.error({ err: error }, 'a drill left something behind'),
    });
    this.#exports = new Exports(store);
    this.#custody = new CustodyBook({
      ...core,
      store,
      hubId: store.hubId,
      version: options.version,
      kept: new KeptCertificates(options.dataDir),
      onBug: (error) => options.log.error({ err: error }, 'a certificate could not be kept'),
    });
    const profile = new ProfileFile(options);
    this.#phones = new Phones({
      devices: core.devices,
      reach: () => this.#doors?.ingest.phones ?? null,
      config: () => profile.config,
      unread: new UnreadMessages(store.atOpen.settings, {
        store,
        isKnown: (deviceId) => core.devices.get(deviceId) !== null,
        onBug: (error) => options.log.error({ err: error }, 'a write failed'),
      }),
    });
    this.signaling = createSignaling({
      log: options.log,
      deviceOfKey: (key) => {
        const identity = core.keys.identify(key);
        return identity?.kind === 'device' ? identity : null;
      },
      standingOf: (deviceId) => core.devices.standingOf(deviceId),
      nameOfDevice: (deviceId) => core.devices.nameOf(deviceId),
    });
    this.#mjpeg = createMjpegSources({ now: () => core.clock.now() });
    this.#screenFinder = new ScreenFinder(store.atOpen.settings, {
      mjpeg: this.#mjpeg,
      devices: core.devices,
      store,
      port: options.screenStreamPort,
      isWatched: () => this.#consoles.isWatched,
      onBug: (error) => options.log.error({ err: error }, 'screens of phones were not looked for'),
    });
    this.#recordings = new Recordings({
      dataDir: options.dataDir,
      now: () => core.clock.now(),
      log: (message, detail) => options.log.warn(detail, message),
    });
    this.#recordingDesk = new RecordingDesk({
      ...core,
      recordings: this.#recordings,
      sessionId: () => core.sessions.current.sessionId,
      onBug: (error) => options.log.error({ err: error }, 'a recording did not end with its session'),
    });
    this.#consoles = new Consoles({
      ...core,
      signaling: this.signaling,
      mjpeg: this.#mjpeg,
      screenFinder: this.#screenFinder,
      recordings: this.#recordings,
      recordingDesk: this.#recordingDesk,
      custody: this.#custody,
      phones: this.#phones,
      profile,
      erase: (deviceId, name) => {
        this.#screenFinder.forget(deviceId);
        return erasePerson(
          { ...core, store, recordings: this.#recordings, phones: this.#phones, custody: this.#custody },
          deviceId,
          name,
        );
      },
      merging: new Merging(core),
      people: new People({
        ...core,
        store,
        phones: this.#phones,
        reach: () => this.#doors?.ingest.phones ?? null,
        closeKey: (keyId) => this.#doors?.closeKey(keyId),
      }),
      hubId: store.hubId,
      version: options.version,
      dataFolder: options.dataDir,
      startedAtMs: this.#startedAtMs,
      log: options.log,
      store,
      feed: this.#feed,
      exports: this.#exports,
      drills: this.#drills,
      backups: new Backups({
        dataDir: options.dataDir,
        clock: core.clock,
        store,
        backedUp: new BackedUp({ ...core, custody: this.#custody }),
        onChanged: (backup) => this.#consoles.emit('backup.progress', backup),
      }),
      offLan: () => this.#doors?.lan.offLan() ?? [],
      pairing: () => this.#pairing,
      doctor: () => this.#doctor,
    });
    this.#observer = createObserver({
      ...core,
      phones: this.#phones,
      onRead: (deviceId, to) => this.#said({ deviceId, kind: 'read', to, text: null, atMs: core.clock.now() }),
      log: options.log,
      connections: () => this.#doors?.lan.connections ?? 0,
      tell: (event) => {
        this.#events.send(event);
        if (event.event === 'handshake') this.#screenFinder.came(event.deviceId);
      },
    });
    this.#wire();
    // Of sessions that a crash, or a restart with another name, ended.
    void this.#custody.issueMissing();
  }

  async start(ports: { readonly port?: number; readonly tlsPort?: number } = {}): Promise<HubReady> {
    const doors = await createDoors(
      { ...this.#options, ...ports },
      {
        store: this.#store,
        core: this.#core,
        consoles: this.#consoles,
        signaling: this.signaling,
        exports: this.#exports,
        recordingDesk: this.#recordingDesk,
        recordings: this.#recordings,
        custody: this.#custody,
        observer: this.#observer,
        startedAtMs: this.#startedAtMs,
        ports: () => ({ httpPort: this.#listening?.httpPort ?? 0, tlsPort: this.#listening?.tlsPort ?? null }),
      },
    );
    doors.lan.onRenewed(() => this.#core.audit.record(certificateRenewed(doors.lan)));
    let listening: Listening;
    try {
      listening = await doors.lan.start();
    } catch (error) {
      doors.stop();
      await doors.lan.close();
      throw error;
    }
    this.#doors = doors;
    this.#listening = listening;
    doors.lan.onWrongKey((address, countInMinute) => {
      this.#core.audit.gather(wrongKeys(address));
      if (countInMinute >= WRONG_KEYS_TOLD) this.#core.alerts.raise(wrongKeyAlert(address));
    });
    // After `ready`, which comes before every other event.
    setImmediate(() => {
      // What an earlier run left open was raised before anybody listened.
      for (const alert of this.#alertsAtOpen.splice(0)) this.#events.send({ event: 'alert', ...alert });
      this.#stops.push(raiseStoreAlerts(this.#store, this.#core.alerts));
    });
    const { keyBook } = this.#core;
    const { joinKey, viewerKey, adminKey } = keyBook.roots;
    const board = new PairingBoard({
      lan: doors.lan,
      listening,
      codes: this.#core.joinCodes,
      clock: this.#core.clock,
      joinKey: () => keyBook.roots.joinKey,
      kept: this.#store.atOpen.settings[PAIRING_ADDRESS] ?? null,
      keep: (address) =>
        void this.#store
          .saveSetting(PAIRING_ADDRESS, address)
          .catch((error: unknown) => this.#options.log.error({ err: error }, 'a write failed')),
      onChanged: (pairing) => this.#consoles.emit('pairing.changed', pairing),
    });
    this.#pairing = board;
    this.#doctor = doctorPartsOf({
      options: this.#options,
      core: this.#core,
      lan: doors.lan,
      listening,
      pairing: board,
    });
    writeListening(this.#options.dataDir, listening);
    return {
      http: listening.http,
      https: listening.https,
      addresses: doors.lan.addresses().map(({ address }) => address),
      join: board.state().joinUrl,
      // Over loopback: a secure context without a certificate warning, and no packet leaves the laptop.
      console: `${listening.http}/room#k=${adminKey}`,
      joinKey,
      viewerKey,
      adminKey,
    };
  }

  attachConsole(...[transport, role, host]: Parameters<Hub['attachConsole']>): void {
    this.#consoles.attach(transport, role, host);
  }

  watched(ticket: string): ReturnType<Hub['watched']> {
    return this.#recordingDesk.watched(ticket);
  }

  media(sha256: string): ReturnType<Hub['media']> {
    return this.#store.media(sha256);
  }

  onFrame(listener: Parameters<Hub['onFrame']>[0]): () => void {
    return this.#core.signals.stored.listen(listener);
  }

  onEvent(listener: (event: HubEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Doors first, then what is under way, the log last: what was received is committed and acked before goodbye. */
  async #close(): Promise<void> {
    const doors = this.#doors;
    doors?.lan.stopAccepting();
    // Before what waits for a salvage is waited for.
    this.#store.hurry();
    await doors?.ingest.drain();
    await Promise.all([this.#exports.stop(), this.#drills.close(), this.#recordings.close(), this.#custody.close()]);
    this.signaling.shutdown();
    this.#screenFinder.stop();
    this.#mjpeg.stop();
    await doors?.lan.shutdownSockets(JSON.stringify({ type: 'server_shutdown' } satisfies ServerShutdown));
    doors?.stop();
    await doors?.lan.close();
    if (doors) removeListening(this.#options.dataDir);
    for (const stop of this.#stops) stop();
    this.#core.keyBook.flush();
    this.#feed.stop();
    this.#core.audit.flush();
    await Promise.all([this.#core.refusals.flush(), this.#core.captured.flush(), this.#core.tracks.flush()]);
    await this.#store.close();
  }

  #said(said: EventPayload<'message.received'>): void {
    if (said.to !== null) this.#phones.wasRead(said.deviceId, said.to);
    this.#consoles.emit('message.received', { ...said, deviceId: this.#core.devices.merges.shownAs(said.deviceId) });
  }

  #wire(): void {
    const { signals, alerts, live, tracks, calls, floods, sessions, keyBook, joinCodes } = this.#core;
    signals.said.listen(({ deviceId, receivedAtMs, word }) => {
      if (word.kind === 'sos') return;
      const { kind } = word;
      const to = kind === 'message' ? null : word.to;
      this.#said({ deviceId, kind, to, text: kind === 'read' ? null : word.text, atMs: receivedAtMs });
    });
    signals.changed.listen(({ deviceId, frames }) => {
      this.#feed.changed(deviceId, frames);
      this.#doors?.dashboardChanged();
    });
    signals.removed.listen((deviceId) => {
      this.#feed.removed(deviceId);
      this.#doors?.dashboardChanged();
    });
    signals.keptOut.listen((deviceId) => this.signaling.dropDevice(deviceId));
    followKeys(keyBook, {
      audit: this.#core.audit,
      close: (keyId) => this.#doors?.closeKey(keyId),
      newCode: () => this.#pairing?.tell(),
      tell: () => this.#consoles.emit('key.changed', { keys: [...keyBook.list()] }),
    });
    this.#recordings.onChanged((recording, isGone) => this.#consoles.emit('recording.changed', { recording, isGone }));
    this.#mjpeg.onChanged(() => this.#consoles.emit('mjpeg.changed', { sources: [...this.#mjpeg.list()] }));
    signals.session.listen((session) => {
      this.#consoles.emit('session.changed', { session });
      void this.#recordingDesk.sessionChanged();
    });
    this.#stops.push(
      alerts.listen({ raised: (alert) => this.#events.send({ event: 'alert', ...alert }), cleared: () => {} }),
      startStatus({
        everyMs: this.#options.statusMs,
        live,
        connections: () => this.#doors?.lan.connections ?? 0,
        framesStored: () => this.#core.framesStored(),
        tell: (event) => this.#events.send(event),
      }),
    );
    let told = sessions.current;
    const timer = setInterval(() => {
      live.age();
      floods.age();
      tracks.tick();
      calls.saveAgain();
      keyBook.tick();
      joinCodes.tick();
      if (told === sessions.current) return;
      told = sessions.current;
      this.#consoles.emit('session.changed', { session: told });
    }, TICK_MS);
    timer.unref();
    this.#stops.push(() => clearInterval(timer));
  }
}
