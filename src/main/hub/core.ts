import { join } from 'node:path';
import type { StoredFrame } from '../../common/model/frame';
import type { Session } from '../../common/model/session';
import { type LatestOfDevice, type Store, StoreError } from '../store';
import { Thumbnails } from '../thumbnails';
import { AccessBook } from './access';
import { AlertBoard } from './alerts';
import { AuditLog } from './audit';
import { refusedClaim } from './audit-words';
import { Calls } from './calls';
import { CapturedBook } from './captured-book';
import { type Clock, createClock } from './clock';
import { HubDevices } from './device-directory';
import { FloodWatch } from './flood-watch';
import { FrameLog } from './frame-log';
import type { HubOptions } from './hub';
import { openKeyFile } from './key-file';
import { HubKeyRing } from './key-ring';
import { JoinCodes } from './keys/join-codes';
import { KeyBook } from './keys/key-book';
import { LiveState } from './live-state';
import { NewDevicePace } from './new-device-pace';
import { claimAlert } from './phone-alerts';
import { PhoneClocks } from './phone-clocks';
import { FrameQuality } from './quality/frame-quality';
import { Tracks } from './quality/tracks';
import { RefusalCounts } from './refusal-counts';
import { isPlain } from './sealed-file';
import { Sessions } from './sessions';
import { presenceOf } from './shown-as';
import { Signal } from './signal';
import { type Word, wordOf } from './words';

/** What happens in the core, for whoever shows or forwards it. */
interface CoreSignals {
  /** After the commit, in commit order. */
  readonly stored: Signal<StoredFrame>;
  /** The same, of what a person said. */
  readonly said: Signal<Said>;
  /** A device shows something new; `frames` of it are new too. */
  readonly changed: Signal<{ readonly deviceId: string; readonly frames: number }>;
  readonly removed: Signal<string>;
  /** A device that the operator turned away. */
  readonly keptOut: Signal<string>;
  /** Another current session, or another name of it. */
  readonly session: Signal<Session>;
}

/** A word and whose it is. */
interface Said {
  readonly deviceId: string;
  readonly receivedAtMs: number;
  readonly word: Word;
}

/** The hub without its listeners: everything that holds state. */
export interface HubCore {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly audit: AuditLog;
  readonly access: AccessBook;
  readonly keys: HubKeyRing;
  readonly keyBook: KeyBook;
  readonly joinCodes: JoinCodes;
  readonly devices: HubDevices;
  readonly sessions: Sessions;
  readonly live: LiveState;
  readonly tracks: Tracks;
  readonly clocks: PhoneClocks;
  /** 0 to 100, of the last `status` of each device. */
  readonly statusBattery: Map<string, number>;
  readonly captured: CapturedBook;
  readonly calls: Calls;
  readonly log: FrameLog;
  readonly thumbnails: Thumbnails;
  readonly refusals: RefusalCounts;
  readonly floods: FloodWatch;
  readonly signals: CoreSignals;
  /** Frames in the log, all sessions. */
  framesStored(): number;
}

/** Builds the state from what the store held. */
export async function createCore(options: HubOptions, store: Store): Promise<HubCore> {
  const onListenerBug = (error: unknown): void => options.log.error({ err: error }, 'a listener failed');
  const read = readerFor(options);
  const signals: CoreSignals = {
    stored: new Signal(onListenerBug),
    said: new Signal(onListenerBug),
    changed: new Signal(onListenerBug),
    removed: new Signal(onListenerBug),
    keptOut: new Signal(onListenerBug),
    session: new Signal(onListenerBug),
  };
  const { devices: known, deviceKeys, sessions: kept, settings, lastReceivedAtMs } = store.atOpen;
  const clock = options.clock ?? createClock(lastReceivedAtMs ?? 0);
  const onBug = (error: unknown): void => options.log.error({ err: error }, 'a write failed');
  const alerts = new AlertBoard(clock);
  const audit = new AuditLog({ store, clock, onBug });
  const keysFile = options.keysFile ?? join(options.dataDir, 'keys.json');
  const vault = options.vault ?? null;
  const operatorKeys = openKeyFile(keysFile, vault);
  if (vault && isPlain(keysFile, vault))
    options.log.warn({ keysFile }, 'the keychain does not work: the keys stay in a plain file');
  const keys = new HubKeyRing(operatorKeys, deviceKeys, clock);
  const access = new AccessBook(settings, { store, alerts, waiting: () => devices.waiting() });
  const devices: HubDevices = new HubDevices(known, {
    mustApprove: () => access.approveFirst,
    onWaiting: () => access.tell(),
    onNamed: () => alerts.reword((deviceId) => devices.nameOf(deviceId)),
    onKeptOut: (deviceId) => signals.keptOut.send(deviceId),
    store,
    settings,
    keys,
    clock,
    newDevices: new NewDevicePace({ clock, alerts }),
    onBug,
    onRefusedClaim: (device, address) => {
      // By its own name: with a person's data the words about their devices are erased, and no others.
      audit.gather(refusedClaim(device, address));
      alerts.raise(claimAlert(device.deviceId, devices.nameOf(device.deviceId) ?? device.name, address));
    },
  });
  const keyBook = new KeyBook(operatorKeys, {
    path: keysFile,
    vault,
    ring: keys,
    clock,
    expectDevice: (deviceId, name) => devices.expect(deviceId, name),
    onBug,
  });
  // It is failing disks and ended hubs that keep the tracks from being saved, and both are told elsewhere.
  const onTracksFailure = (error: unknown): void => {
    if (!(error instanceof StoreError && (error.code === 'closed' || error.code === 'storage_unavailable')))
      onBug(error);
  };
  const tracks: Tracks = new Tracks({
    store,
    sessionId: () => sessions.current.sessionId,
    onReplayed: (frame) => calls.hear(frame, wordOf(frame.data)),
    keptUpTo: () => calls.keptUpTo,
    onWhole: (deviceIds) => live.tracksChanged(deviceIds),
    onDone: (frames) => options.log.info({ frames }, 'tracks replayed'),
    onFailure: onTracksFailure,
  });
  const live: LiveState = new LiveState({
    clock,
    tracks,
    people: { merges: devices.merges, presenceOf: (deviceId) => presenceOf(devices, deviceId) },
    onChanged: (deviceId, frames) => signals.changed.send({ deviceId, frames }),
    onRemoved: (deviceId) => signals.removed.send(deviceId),
  });
  const sessions: Sessions = await Sessions.open(
    kept,
    options.sessionName,
    async (sessionId) => (await read(store.latest({ sessionId }), [])).map(({ deviceId }) => deviceId),
    {
      store,
      clock,
      onBegan: (session) => {
        tracks.begin();
        live.beginSession();
        signals.session.send(session);
      },
      onRenamed: (session) => signals.session.send(session),
      personOf: (deviceId) => devices.merges.shownAs(deviceId),
    },
  );
  const statusBattery = new Map<string, number>();
  const quality = new FrameQuality();
  const clocks = new PhoneClocks(
    (deviceId, measured) => live.clockMeasured(deviceId, measured),
    (deviceId) => quality.clockWasSet(deviceId),
  );
  const calls: Calls = new Calls(settings, {
    store,
    alerts,
    devices,
    live,
    sessionId: () => sessions.current.sessionId,
    presenceOf: (deviceId) => presenceOf(devices, deviceId),
    onBug,
  });
  const captured = new CapturedBook(
    { settings, sessions: kept },
    {
      store,
      sessionId: () => sessions.current.sessionId,
      nameOf: (deviceId) => devices.get(deviceId)?.device.name,
      onBug,
    },
  );
  const latest = await restore({ store, read, sessions, devices, live });
  const { sessionId } = sessions.current;
  await read(calls.restore(), undefined);
  tracks.open(latest, await read(store.trackCheckpoints({ sessionId }), null));
  followTroubles(store, tracks);
  let framesStored = kept.reduce((sum, session) => sum + session.frames, 0);
  const log = new FrameLog({
    store,
    clock,
    alerts,
    quality,
    clocks,
    batteryPct: (deviceId) => statusBattery.get(deviceId) ?? null,
    sessionId: () => sessions.currentId,
    keepDevice: (deviceId) => devices.keep(deviceId),
    onStored: (frame, frameId) => {
      framesStored += 1;
      devices.sawFrame(frame.deviceId, frame.receivedAtMs);
      sessions.count(frame);
      if (frame.sessionId === sessions.currentId) {
        tracks.take(frame, frameId);
        live.apply(frame, (deviceId) => presenceOf(devices, deviceId));
      }
      const { deviceId, sessionId, receivedAtMs, word } = frame;
      if (word) {
        calls.hear({ deviceId, sessionId, receivedAtMs, frameId }, word);
        signals.said.send({ deviceId, receivedAtMs, word });
      }
      if (signals.stored.isHeard) signals.stored.send(frame.toStored(frameId, devices.merges.shownAs(frame.deviceId)));
    },
  });
  const refusals = new RefusalCounts({ store, sessionId: () => sessions.current.sessionId, onBug });
  return {
    clock,
    alerts,
    audit,
    access,
    keys,
    keyBook,
    joinCodes: new JoinCodes(clock),
    devices,
    sessions,
    live,
    tracks,
    clocks,
    statusBattery,
    captured,
    calls,
    log,
    thumbnails: new Thumbnails({ folder: join(options.dataDir, 'thumbnails') }),
    refusals,
    floods: new FloodWatch({ alerts, clock, nameOf: (deviceId) => devices.nameOf(deviceId) ?? deviceId }),
    signals,
    framesStored: () => framesStored,
  };
}

type Read = <T>(asked: Promise<T>, otherwise: T) => Promise<T>;

/** Reading the log may fail on a damaged disk; that never keeps a hub from starting. */
function readerFor({ log }: HubOptions): Read {
  return (asked, otherwise) =>
    asked.catch((error: unknown) => {
      log.error({ err: error }, 'what was before could not be read');
      return otherwise;
    });
}

interface RestoreParts {
  readonly store: Store;
  readonly read: Read;
  readonly sessions: Sessions;
  readonly devices: HubDevices;
  readonly live: LiveState;
}

/** What tracks have to know of the store from here on. */
function followTroubles(store: Store, tracks: Tracks): void {
  let isNews = false;
  store.onTrouble((trouble) => {
    // What was told before was before they were read.
    if (!isNews) return;
    if (trouble.kind === 'salvaged') tracks.startOver();
    // What it committed last it may not have told of.
    else if ('thread' in trouble && trouble.thread === 'writer' && trouble.kind !== 'thread_back') tracks.missedSome();
  });
  isNews = true;
}

/**
 * Puts everybody back where they were when the last run stopped, be it by a crash.
 * @returns what was newest in the session; null when that can't be read.
 */
async function restore({
  store,
  read,
  sessions,
  devices,
  live,
}: RestoreParts): Promise<readonly LatestOfDevice[] | null> {
  const known = devices.list().map(({ device }) => device);
  const counts = await Promise.all(known.map(({ deviceId }) => read(store.deviceCounts(deviceId), null)));
  known.forEach(({ deviceId, lastSeenAtMs }, index) => {
    // Not known: none is forgotten for that.
    if ((counts[index]?.framesTotal ?? 1) > 0) devices.sawFrame(deviceId, lastSeenAtMs);
  });
  devices.forgetSilent();
  const latest = await read(store.latest({ sessionId: sessions.current.sessionId }), null);
  for (const { deviceId, frames, newest, lastReceivedAtMs } of latest ?? []) {
    const presence = presenceOf(devices, deviceId);
    if (!presence) continue;
    devices.sawFrame(deviceId, lastReceivedAtMs);
    live.restore(newest, frames, presence);
  }
  return latest;
}
