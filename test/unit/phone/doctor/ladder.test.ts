import { expect, it } from 'vitest';
import { type Findings, type LadderState, type Rung, toLadder } from '../../../../src/renderer/phone/doctor/ladder';
import type { Fix } from '../../../../src/renderer/phone/sensors/position';
import type { SensorState } from '../../../../src/renderer/phone/sensors/sensor-state';
import { usePhone } from '../../../../src/renderer/phone/stores/phone-store';

/** From this phone to the laptop's disk. */
const RUNGS = [
  'reach',
  'tls',
  'position',
  'orientation',
  'motion',
  'microphone',
  'camera',
  'screen',
  'fix',
  'clock',
  'socket',
  'frame',
  'photo',
];
const FRESH = usePhone.getInitialState();
const ON: SensorState = { kind: 'on' };
const fixOf = (accuracy: number | null): Fix => ({
  position: {
    latitude: 47.6,
    longitude: -122.3,
    accuracy,
    altitude: null,
    altitudeAccuracy: null,
    heading: null,
    speed: null,
  },
  fixedAtMs: 1_000,
});

/** All is well with this phone. */
const WELL: LadderState = {
  ...FRESH,
  stage: 'streaming',
  link: { kind: 'connected' },
  transport: 'wss',
  sensors: { position: ON, orientation: ON, motion: ON, battery: ON, screen: ON },
  readings: { ...FRESH.readings, fix: fixOf(5) },
  storedAtMs: 5_000,
  waitingMedia: 0,
  photo: 'kept',
};
const FOUND: Findings = {
  isReached: true,
  isSecure: true,
  microphone: 'granted',
  camera: 'granted',
  clockAheadMs: -400,
  photoAtMs: 4_000,
};

const sensors = (change: Partial<LadderState['sensors']>): Partial<LadderState> => ({
  sensors: { ...WELL.sensors, ...change },
});
const rung = (name: Rung['name'], phone: Partial<LadderState>, findings: Partial<Findings>): Rung | undefined =>
  toLadder({ ...WELL, ...phone }, { ...FOUND, ...findings }).find((each) => each.name === name);

it('has each rung once, in the order in which one stands on the other', () => {
  expect(toLadder(WELL, FOUND).map(({ name }) => name)).toEqual(RUNGS);
  expect(toLadder(FRESH, { ...FOUND, isSecure: false }).map(({ name }) => name)).toEqual(RUNGS);
});

it('is fine throughout where all is well, and nothing is offered to press', () => {
  for (const each of toLadder(WELL, FOUND)) expect(each).toMatchObject({ state: 'ok', remedy: null, why: null });
});

type Case = readonly [
  string,
  Rung['name'],
  Partial<LadderState>,
  Partial<Findings>,
  Rung['state'],
  Rung['remedy'],
  Rung['why'],
];

const REFUSED: SensorState = { kind: 'refused', hint: 'location-refused' };
const MISSING: SensorState = { kind: 'missing', hint: 'not-given' };
const WAITING: SensorState = { kind: 'waiting', hint: null };
const STOPPED: Partial<LadderState> = { stage: 'stopped' };
const READY: Partial<LadderState> = { stage: 'ready' };
const AWAY: Partial<LadderState> = { link: { kind: 'connecting', attempt: 1 } };
const NO_FIX = { readings: FRESH.readings };

it.each<Case>([
  ['not asked yet', 'reach', AWAY, { isReached: null }, 'wait', null, null],
  ['the hub is silent', 'reach', AWAY, { isReached: false }, 'bad', 'again', 'plain'],
  ['connected at another address than the page’s', 'reach', {}, { isReached: false }, 'ok', null, null],
  ['the plain page', 'tls', {}, { isSecure: false }, 'bad', 'secure', 'plain'],
  ['searching is allowed', 'position', sensors({ position: WAITING }), {}, 'ok', null, null],
  ['location refused', 'position', sensors({ position: REFUSED }), {}, 'bad', null, 'hint'],
  ['no location at all', 'position', sensors({ position: MISSING }), {}, 'bad', null, 'hint'],
  ['nothing is sensed after Stop', 'position', STOPPED, {}, 'skip', null, null],
  ['motion not there yet', 'motion', sensors({ motion: WAITING }), {}, 'wait', null, null],
  ['a phone without motion', 'motion', sensors({ motion: MISSING }), {}, 'skip', null, 'hint'],
  ['orientation refused', 'orientation', sensors({ orientation: REFUSED }), {}, 'bad', null, 'hint'],
  ['a phone without a compass', 'orientation', sensors({ orientation: MISSING }), {}, 'skip', null, 'hint'],
  ['motion refused', 'motion', sensors({ motion: REFUSED }), {}, 'bad', null, 'hint'],
  ['no wake lock', 'screen', sensors({ screen: MISSING }), {}, 'bad', null, 'hint'],
  ['microphone denied', 'microphone', {}, { microphone: 'denied' }, 'bad', null, 'plain'],
  ['microphone not asked for', 'microphone', {}, { microphone: 'prompt' }, 'bad', 'microphone', 'plain'],
  ['a browser that does not tell', 'microphone', {}, { microphone: null }, 'bad', 'microphone', 'plain'],
  ['before Start, which asks for it', 'microphone', READY, { microphone: 'prompt' }, 'skip', null, null],
  ['denied before Start', 'microphone', READY, { microphone: 'denied' }, 'bad', null, 'plain'],
  ['camera denied', 'camera', {}, { camera: 'denied' }, 'bad', null, 'plain'],
  ['camera not asked for', 'camera', {}, { camera: 'prompt' }, 'skip', 'camera', 'ask'],
  ['no camera on the plain page', 'camera', {}, { isSecure: false }, 'skip', null, null],
  ['no microphone on the plain page', 'microphone', {}, { isSecure: false, microphone: null }, 'skip', null, null],
  ['no fix yet', 'fix', { ...NO_FIX, ...sensors({ position: WAITING }) }, {}, 'bad', null, 'plain'],
  ['no fix, since refused', 'fix', { ...NO_FIX, ...sensors({ position: REFUSED }) }, {}, 'skip', null, null],
  ['a fix by cell tower', 'fix', { readings: { ...FRESH.readings, fix: fixOf(101) } }, {}, 'bad', null, 'coarse'],
  ['a fix just good enough', 'fix', { readings: { ...FRESH.readings, fix: fixOf(100) } }, {}, 'ok', null, null],
  ['a fix of unknown accuracy', 'fix', { readings: { ...FRESH.readings, fix: fixOf(null) } }, {}, 'ok', null, null],
  ['before Start', 'fix', { ...NO_FIX, ...READY }, {}, 'skip', null, null],
  ['after Stop', 'fix', { ...NO_FIX, ...STOPPED }, {}, 'bad', 'start', 'start'],
  ['before Start', 'photo', READY, { photoAtMs: null }, 'skip', null, null],
  ['the plain page has no fix', 'fix', NO_FIX, { isSecure: false }, 'skip', null, null],
  ['a clock 5 s fast', 'clock', {}, { clockAheadMs: 5_000 }, 'ok', null, null],
  ['a clock too fast', 'clock', {}, { clockAheadMs: 5_001 }, 'bad', 'again', 'plain'],
  ['a clock too slow', 'clock', {}, { clockAheadMs: -5_001 }, 'bad', 'again', 'plain'],
  ['the clock is still asked for', 'clock', {}, { clockAheadMs: null }, 'wait', null, null],
  ['measured on the link', 'clock', { clockAheadMs: 7_000 }, { clockAheadMs: 0 }, 'bad', 'again', 'plain'],
  ['no hub to compare with', 'clock', {}, { clockAheadMs: null, isReached: false }, 'skip', null, null],
  ['posts in place of a socket', 'socket', { transport: 'https' }, {}, 'bad', 'secure', 'slower'],
  ['connecting', 'socket', { link: { kind: 'connecting', attempt: 2 } }, {}, 'wait', null, null],
  [
    'closed by the hub',
    'socket',
    { link: { kind: 'closed', reason: 'kicked', retryAtMs: 1 } },
    {},
    'bad',
    'connect',
    'plain',
  ],
  ['off while streaming', 'socket', { link: { kind: 'off' } }, {}, 'bad', 'connect', 'plain'],
  ['off after Stop', 'socket', { link: { kind: 'off' }, ...STOPPED }, {}, 'skip', null, null],
  ['nothing on the disk', 'frame', { storedAtMs: null }, {}, 'bad', 'again', 'plain'],
  ['nothing sent, nothing stored', 'frame', { storedAtMs: null, stage: 'ready' }, {}, 'skip', null, null],
  ['no test photo yet', 'photo', {}, { photoAtMs: null }, 'bad', 'photo', 'plain'],
  ['the test photo waits', 'photo', { waitingMedia: 1 }, {}, 'wait', null, 'late'],
  ['the last ack was before the test photo', 'photo', { storedAtMs: 3_999 }, {}, 'wait', null, 'late'],
  ['the test photo failed', 'photo', { photo: 'failed' }, {}, 'bad', 'photo', 'plain'],
])('%s: %s', (_case, name, phone, findings, state, remedy, why) => {
  expect(rung(name, phone, findings)).toEqual({ name, state, remedy, why });
});
