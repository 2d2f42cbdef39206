import type { SensorState } from '../sensors/sensor-state';
import type { PhoneState } from '../stores/phone-store';

/** From this phone to the laptop's disk; each rung stands on those below it. */
type RungName =
  | 'reach'
  | 'tls'
  | 'position'
  | 'orientation'
  | 'motion'
  | 'microphone'
  | 'camera'
  | 'screen'
  | 'fix'
  | 'clock'
  | 'socket'
  | 'frame'
  | 'photo';

/** What one press does about it. */
export type Remedy = 'again' | 'secure' | 'microphone' | 'camera' | 'start' | 'connect' | 'photo';

export interface Rung {
  readonly name: RungName;
  /** `skip`: not tried, and nothing is wrong for it. */
  readonly state: 'ok' | 'bad' | 'wait' | 'skip';
  readonly remedy: Remedy | null;
  /** Which sentence is said. */
  readonly why: 'plain' | 'hint' | 'coarse' | 'start' | 'slower' | 'late' | 'ask' | null;
}

/** What the sheet found out by itself. null: not known yet. */
export interface Findings {
  readonly isReached: boolean | null;
  readonly isSecure: boolean;
  /** The browser's answer; null where it does not tell before it is asked. */
  readonly microphone: PermissionState | null;
  readonly camera: PermissionState | null;
  /** How far this phone's clock is ahead of the laptop's, ms. */
  readonly clockAheadMs: number | null;
  /** Device clock when the test photo was taken; null before. */
  readonly photoAtMs: number | null;
}

export type LadderState = Pick<
  PhoneState,
  | 'stage'
  | 'link'
  | 'transport'
  | 'clockAheadMs'
  | 'readings'
  | 'sensors'
  | 'counts'
  | 'storedAtMs'
  | 'waitingMedia'
  | 'photo'
>;

/** A fix worse than this is a cell tower, not a satellite, m. */
const COARSE_M = 100;
/** The hub corrects clocks; one so wrong confuses the person, and the `Date` header tells only whole seconds. */
const CLOCK_MS = 5_000;

const ok = (name: RungName): Rung => ({ name, state: 'ok', remedy: null, why: null });
const wait = (name: RungName): Rung => ({ name, state: 'wait', remedy: null, why: null });
const skip = (name: RungName): Rung => ({ name, state: 'skip', remedy: null, why: null });
const bad = (name: RungName, remedy: Remedy | null, why: Rung['why'] = 'plain'): Rung => ({
  name,
  state: 'bad',
  remedy,
  why,
});

export function toLadder(phone: LadderState, findings: Findings): readonly Rung[] {
  const { isSecure, isReached } = findings;
  return [
    reachRung(phone, isReached),
    isSecure ? ok('tls') : bad('tls', 'secure'),
    sensorRung('position', phone.sensors.position, phone.stage),
    sensorRung('orientation', phone.sensors.orientation, phone.stage),
    sensorRung('motion', phone.sensors.motion, phone.stage),
    microphoneRung(phone, findings),
    cameraRung(findings),
    sensorRung('screen', phone.sensors.screen, phone.stage),
    fixRung(phone, isSecure),
    clockRung(phone, findings),
    socketRung(phone),
    phone.storedAtMs !== null ? ok('frame') : phone.stage === 'streaming' ? bad('frame', 'again') : skip('frame'),
    photoRung(phone, findings),
  ];
}

/** A link that is open has reached it, at whatever address. */
function reachRung({ link }: LadderState, isReached: boolean | null): Rung {
  if (link.kind === 'connected' || isReached) return ok('reach');
  return isReached === null ? wait('reach') : bad('reach', 'again');
}

function sensorRung(
  name: 'position' | 'orientation' | 'motion' | 'screen',
  state: SensorState,
  stage: PhoneState['stage'],
): Rung {
  if (stage !== 'streaming' || state.kind === 'off') return skip(name);
  // Searching is allowed: the fix has a rung of its own.
  if (state.kind === 'on' || (state.kind === 'waiting' && name === 'position')) return ok(name);
  if (state.kind === 'waiting') return wait(name);
  // What the phone does not have is nobody's fault; the screen can still be kept on by hand.
  return state.kind === 'missing' && (name === 'motion' || name === 'orientation')
    ? { ...skip(name), why: 'hint' }
    : bad(name, null, 'hint');
}

function microphoneRung({ stage }: LadderState, { microphone, isSecure }: Findings): Rung {
  if (!isSecure) return skip('microphone');
  if (microphone === 'granted') return ok('microphone');
  // Start asks for it.
  if (stage === 'ready' && microphone !== 'denied') return skip('microphone');
  return microphone === 'denied' ? bad('microphone', null) : bad('microphone', 'microphone');
}

/** Nothing stands on it but the live picture: a file input takes photos without. */
function cameraRung({ camera, isSecure }: Findings): Rung {
  if (!isSecure) return skip('camera');
  if (camera === 'granted') return ok('camera');
  return camera === 'denied' ? bad('camera', null) : { name: 'camera', state: 'skip', remedy: 'camera', why: 'ask' };
}

function fixRung({ stage, readings, sensors }: LadderState, isSecure: boolean): Rung {
  // Start is for the page that says what is sent.
  if (!isSecure || stage === 'ready') return skip('fix');
  if (stage !== 'streaming') return bad('fix', 'start', 'start');
  if (!readings.fix) return sensors.position.kind === 'waiting' ? bad('fix', null) : skip('fix');
  const { accuracy } = readings.fix.position;
  return accuracy === null || accuracy <= COARSE_M ? ok('fix') : bad('fix', null, 'coarse');
}

function clockRung(phone: LadderState, { clockAheadMs: found, isReached }: Findings): Rung {
  // Measured on the link, it is better than whole seconds of a header.
  const clockAheadMs = phone.clockAheadMs ?? found;
  if (clockAheadMs === null) return isReached === false ? skip('clock') : wait('clock');
  return Math.abs(clockAheadMs) <= CLOCK_MS ? ok('clock') : bad('clock', 'again');
}

function socketRung({ link, transport, stage }: LadderState): Rung {
  if (link.kind === 'connected') return transport === 'https' ? bad('socket', 'secure', 'slower') : ok('socket');
  if (link.kind === 'off') return stage === 'streaming' ? bad('socket', 'connect') : skip('socket');
  return link.kind === 'closed' ? bad('socket', 'connect') : wait('socket');
}

function photoRung({ photo, waitingMedia, storedAtMs, stage }: LadderState, { photoAtMs }: Findings): Rung {
  if (stage === 'ready') return skip('photo');
  if (photoAtMs === null) return bad('photo', 'photo');
  const isThere = photo === 'kept' && waitingMedia === 0 && storedAtMs !== null && storedAtMs >= photoAtMs;
  if (isThere) return ok('photo');
  return photo === 'failed' ? bad('photo', 'photo') : { name: 'photo', state: 'wait', remedy: null, why: 'late' };
}
