// `npm run many-frames -- --millions 100`: what a log of very many frames costs its readers. The log is filled by SQL, with
// rows as Perch writes them, then the built hub serves it: every answer must take as long at 100 million frames as at one.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { WebSocket } from 'ws';
import { bytesText, countText, medianOf, msText, printTable } from './table.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    // Sizes to measure at, each grown from the one before.
    millions: { type: 'string', default: '1,10,100' },
    perch: { type: 'string', default: join(root, 'out/main/headless.js') },
    // How long distances take to be whole after a start, with nothing saved of them and once more.
    tracks: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(root, 'node_modules/.cache/perch-bench') },
  },
});
const sizes = values.millions.split(',').map((text) => Number(text) * 1_000_000);
const headless = resolve(values.perch);

const DEVICES = 500;
/** Devices send in turn, each once a second: so many frames of all of them a second. */
const FRAMES_PER_S = DEVICES;
const STEP = 1_000_000;
const FROM_MS = Date.UTC(2026, 0, 1);
/** Asked so often, each time for another place in the log; the median is shown. */
const TIMES = 15;

interface Hub {
  readonly child: ChildProcess;
  readonly http: string;
  readonly joinKey: string;
  readonly viewerKey: string;
  readonly readyMs: number;
}

async function startHub(dataDir: string): Promise<Hub> {
  const startedAt = performance.now();
  const args = ['hub', '--data', dataDir, '--json', '--host', '127.0.0.1', '--port', '0', '--no-tls'];
  const child = spawn(process.execPath, [headless, ...args, '--log-level', 'error'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { http, joinKey, viewerKey } = JSON.parse(line) as Omit<Hub, 'child' | 'readyMs'>;
    return { child, http, joinKey, viewerKey, readyMs: performance.now() - startedAt };
  }
  throw new Error('the hub did not start');
}

async function stopHub({ child }: Hub): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Devices, their boots and counters as if each had sent its share of `frames`. */
function fillOwners(db: Database.Database, frames: number): void {
  const [session] = db.prepare('SELECT session FROM sessions ORDER BY session DESC LIMIT 1').pluck().all();
  db.prepare('INSERT OR IGNORE INTO session_spans (first_frame_id, session) VALUES (1, ?)').run(session);
  for (let device = 1; device <= DEVICES; device += 1) {
    db.prepare(
      `INSERT OR IGNORE INTO devices (device, public_id, name, identity, external_id, ordinal, first_seen_at_ms,
       last_seen_at_ms, is_claimed) VALUES (?, ?, ?, 'deviceId', ?, 1, ?, ?, 0)`,
    ).run(device, `dev_${device}`, `Phone ${device}`, `p${device}`, FROM_MS, FROM_MS);
    db.prepare(`INSERT OR IGNORE INTO boots (boot, device, name) VALUES (:device, :device, 'b')`).run({ device });
    db.prepare('UPDATE boots SET up_to = ? WHERE boot = ?').run(frames / DEVICES, device);
    db.prepare('INSERT OR REPLACE INTO stored_ranges VALUES (?, 1, ?)').run(device, frames / DEVICES);
    db.prepare(
      `INSERT OR REPLACE INTO session_devices (session, device, frames, bytes, first_at_ms, last_at_ms, latest)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(session, device, frames / DEVICES, (frames / DEVICES) * 250, FROM_MS, atMs(frames), newestOf(device, frames));
    db.prepare('INSERT OR IGNORE INTO session_boots (boot, session, after_seq) VALUES (?, ?, 0)').run(device, session);
  }
}

/** What restores a device after a start: its last frame. */
function newestOf(device: number, frames: number): string {
  const frameId = frames - DEVICES + device;
  const newest = { frameId, atMs: atMs(frameId - 1) };
  return JSON.stringify({ any: newest, gps: newest });
}

/** When the frame with this number came. */
const atMs = (frame: number): number => FROM_MS + Math.floor((frame * 1000) / FRAMES_PER_S);

const FILL = `
WITH RECURSIVE n (i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i < :to)
INSERT INTO frames (session, device, boot, seq, captured_at_ms, received_at_ms, live_at_ms, battery_pct, source, flags,
  latitude, longitude, body)
SELECT (SELECT max(session) FROM sessions), i % ${DEVICES} + 1, i % ${DEVICES} + 1, i / ${DEVICES} + 1, at, at + 40, at, 80, 'perch',
  '', lat, lon, '{"id":"' || i || '","captureMethod":"auto","battery":0.8,"gps":{"latitude":' || lat || ',"longitude":' || lon ||
  ',"altitude":431.5,"accuracy":5,"heading":120.5,"speed":1.25},"orientation":{"alpha":12.5,"beta":40.25,"gamma":-3.5,"absolute":true}}'
FROM (SELECT i, ${FROM_MS} + i * 1000 / ${FRAMES_PER_S} AS at, 47 + (i % 100003) / 100003.0 AS lat, 8 + (i % 99991) / 99991.0 AS lon FROM n)`;

/** Trails as the writer would have left them: a row for each device and ten thousand frames of all, 20 points in each. */
function fillTrails(db: Database.Database, from: number, to: number): void {
  const insert = db.prepare(`INSERT INTO trails SELECT (SELECT max(session) FROM sessions), ?, ?, ?, ?`);
  const points = Buffer.alloc(20 * 24);
  db.transaction(() => {
    for (let at = from; at < to; at += 20 * DEVICES) {
      for (let device = 1; device <= DEVICES; device += 1) {
        for (let index = 0; index < 20; index += 1) {
          points.writeDoubleLE(atMs(at + index * DEVICES), index * 24);
          points.writeDoubleLE(47.5, index * 24 + 8);
          points.writeDoubleLE(8.5, index * 24 + 16);
        }
        insert.run(device, atMs(at + 19 * DEVICES), at + device, points);
      }
    }
  })();
  db.prepare("UPDATE meta SET value = (SELECT max(frame_id) FROM frames) WHERE key = 'trails_up_to'").run();
}

function grow(dataDir: string, from: number, to: number): void {
  const db = new Database(join(dataDir, 'perch.sqlite'));
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -512000');
  fillOwners(db, to);
  const fill = db.prepare(FILL);
  for (let at = from; at < to; at += STEP) fill.run({ from: at, to: Math.min(at + STEP, to) - 1 });
  fillTrails(db, from, to);
  db.pragma('journal_mode = WAL');
  db.close();
  // What the file system still has to write would be waited for by the hub's first fsync.
  spawnSync('sync');
}

/** The median time of an answer, ms. `place`: 0 to 1, through the log. */
async function timeOf(ask: (place: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const startedAt = performance.now();
    await ask((time + 0.5) / TIMES);
    times.push(performance.now() - startedAt);
  }
  return medianOf(times) ?? 0;
}

/** From the start of its process, ms: until each device has its distance. */
async function timeOfTracks(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const hub = await startHub(dataDir);
  const headers = { authorization: `Bearer ${hub.viewerKey}` };
  for (;;) {
    const answer = await fetch(`${hub.http}/api/v1/devices`, { headers });
    const { items } = (await answer.json()) as { items: readonly { track: object | null }[] };
    if (items.length >= DEVICES && items.every(({ track }) => track !== null)) break;
    await setTimeout(50);
  }
  const took = performance.now() - startedAt;
  await stopHub(hub);
  return took;
}

async function measureHub(hub: Hub, frames: number): Promise<readonly number[]> {
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${hub.http}${path}`, { headers: { authorization: `Bearer ${hub.viewerKey}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  const iso = (place: number): string => new Date(atMs(place * frames)).toISOString();
  const device = (place: number): string => `dev_${1 + Math.floor(place * DEVICES)}`;
  const socket = new WebSocket(`${hub.http.replace('http', 'ws')}/pocket-parrot?key=${hub.joinKey}`);
  await once(socket, 'open');
  const send = async (): Promise<void> => {
    socket.send('{"type":"data","data":{"gps":{"latitude":1,"longitude":2}}}');
    await once(socket, 'message');
  };
  const results = [
    await timeOf((place) => get(`/api/v1/frames?limit=100&from=${iso(place)}`)),
    await timeOf((place) => get(`/api/v1/frames?limit=100&device=${device(place)}&from=${iso(place)}`)),
    await timeOf(() => get('/api/v1/sessions')),
    await timeOf(() => get('/api/v1/devices')),
    await timeOf((place) =>
      get(
        `/api/v1/sessions/latest/export?device=${device(place)}&from=${iso(place)}&to=${new Date(atMs(place * frames) + 600_000).toISOString()}`,
      ),
    ),
    await timeOf(send),
  ];
  socket.close();
  return results;
}

mkdirSync(values.folder, { recursive: true });
const dataDir = mkdtempSync(join(values.folder, 'many-'));
const rows: string[][] = [];
try {
  await stopHub(await startHub(dataDir));
  let filled = 0;
  for (const size of sizes) {
    const startedAt = performance.now();
    grow(dataDir, filled, size);
    filled = size;
    console.log(`${countText(size)} frames after ${Math.round((performance.now() - startedAt) / 1000)} s of filling`);
    if (values.tracks) {
      const first = await timeOfTracks(dataDir);
      console.log(
        `distances after ${msText(first)}, and after ${msText(await timeOfTracks(dataDir))} of the next start`,
      );
    }
    const hub = await startHub(dataDir);
    const times = await measureHub(hub, size).finally(() => stopHub(hub));
    const bytes = statSync(join(dataDir, 'perch.sqlite')).size;
    rows.push([countText(size), bytesText(bytes), msText(hub.readyMs), ...times.map(msText)]);
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
printTable(
  'Answers of the hub, medians',
  [
    'frames',
    'file',
    'start',
    '100 frames from a time',
    'the same of one device',
    'sessions',
    'devices',
    '10 min of one as CSV',
    'ack',
  ],
  rows,
);
