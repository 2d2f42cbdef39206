import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DoctorCheck } from '../../common/model/doctor';
import { AGAIN, ok, trouble, unknown, warning } from './check';
import type { DoctorParts, Examine } from './parts';

const DISK = { id: 'disk', title: 'Room on the disk' };
const SPEED = { id: 'disk-speed', title: 'Speed of the disk' };
const CLOCK = { id: 'clock', title: 'Clock' };
const SLEEP = { id: 'sleep', title: 'Sleep' };
const VERSIONS = { id: 'versions', title: 'Versions' };

const GIB = 1024 ** 3;
/** As the store does: it warns, and then refuses frames. */
const WARN_BYTES = GIB;
const REFUSE_BYTES = 64 * 1024 ** 2;
const PROBE_BYTES = 1024 ** 2;
/** An fsync is waited for before each ack: over it, phones see a slow hub; far over it, queues grow. */
const SLOW_MS = 250;
const TOO_SLOW_MS = 2000;
/** This program was not written before. */
const FIRST_YEAR = 2026;
/** So much all phones must agree before it is this laptop that is off, ms. */
const OFF_MS = 60_000;
const FEWEST_PHONES = 2;
/** Less is what a time server corrects now and then, ms. */
const JUMP_MS = 2000;

/** Disk, clock, sleep and versions of this machine. */
export const examineMachine: Examine = async (parts) => [
  await roomCheck(parts),
  await speedCheck(parts),
  clockCheck(parts),
  sleepCheck(parts),
  ok(VERSIONS, `Perch ${parts.version} on Node ${process.versions.node}, ${process.platform} ${process.arch}.`),
];

async function roomCheck({ dataDir }: DoctorParts): Promise<DoctorCheck> {
  const disk = await statfs(dataDir).catch(() => null);
  if (disk === null) return unknown(DISK, `The folder ${dataDir} is not there yet; the hub makes it.`);
  const free = disk.bavail * disk.bsize;
  const sentence = `${(free / GIB).toFixed(1)} GB are free.`;
  if (free < REFUSE_BYTES) return trouble(DISK, `${sentence} The hub takes no frames until there is room.`, AGAIN);
  if (free < WARN_BYTES) return warning(DISK, `${sentence} Photos fill that soon: make room.`, AGAIN);
  return ok(DISK, sentence);
}

async function speedCheck({ dataDir }: DoctorParts): Promise<DoctorCheck> {
  const path = join(dataDir, `doctor-${process.pid}.tmp`);
  const startMs = performance.now();
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.alloc(PROBE_BYTES, 1));
      await file.sync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return unknown(SPEED, 'Not measured: there is no data folder yet.');
    }
    return trouble(SPEED, `The data folder ${dataDir} can not be written.`, AGAIN);
  }
  const tookMs = Math.max(1, Math.round(performance.now() - startMs));
  const sentence = `1 MB was safely on disk after ${tookMs} ms.`;
  if (tookMs > TOO_SLOW_MS)
    return trouble(SPEED, `${sentence} That is too slow for many phones: use another disk.`, AGAIN);
  if (tookMs > SLOW_MS) return warning(SPEED, `${sentence} That is slow: close what else writes to it.`, AGAIN);
  return ok(SPEED, sentence);
}

function clockCheck(parts: DoctorParts): DoctorCheck {
  const now = new Date(parts.now());
  if (now.getUTCFullYear() < FIRST_YEAR || now.getUTCFullYear() > FIRST_YEAR + 20) {
    return trouble(CLOCK, `This laptop thinks it is ${now.getUTCFullYear()}: set its clock.`, AGAIN);
  }
  const aheadMs = parts.clockAheadMs();
  if (aheadMs > JUMP_MS) {
    const seconds = Math.round(aheadMs / 1000);
    return warning(
      CLOCK,
      `This laptop’s clock was set back: times of the hub, which never go back, are ${seconds} s ahead of it until it has caught up. If it is wrong now, set it.`,
      AGAIN,
    );
  }
  const offsets = [...parts.phoneOffsetsMs()].sort((a, b) => a - b);
  const middle = offsets[Math.floor(offsets.length / 2)];
  if (middle === undefined || offsets.length < FEWEST_PHONES) {
    return ok(
      CLOCK,
      `It is ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. Too few phones to compare it with.`,
    );
  }
  const agree = offsets.filter((offset) => Math.abs(offset - middle) < OFF_MS / 2).length;
  if (Math.abs(middle) > OFF_MS && agree > offsets.length / 2) {
    const minutes = Math.round(Math.abs(middle) / 60_000);
    const way = middle > 0 ? 'behind' : 'ahead of';
    return warning(
      CLOCK,
      `This laptop is ${minutes} min ${way} ${agree} of ${offsets.length} phones: set its clock.`,
      AGAIN,
    );
  }
  return ok(CLOCK, `It agrees with ${agree} of ${offsets.length} phones.`);
}

function sleepCheck(parts: DoctorParts): DoctorCheck {
  const isKeptAwake = parts.isKeptAwake();
  if (isKeptAwake === true) return ok(SLEEP, 'Perch keeps the laptop awake. Plug it in and leave its lid open.');
  if (isKeptAwake === false) {
    return warning(SLEEP, 'The system did not let Perch keep it awake: switch sleep off in its power settings.', AGAIN);
  }
  return unknown(
    SLEEP,
    'Without the desktop app nothing keeps this machine awake: switch sleep off in its power settings.',
  );
}
