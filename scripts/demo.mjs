// A hub of its own and a team that walks: for pictures of the screens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const photo = `data:image/jpeg;base64,${readFileSync(join(root, 'test/fixtures/photo.jpg')).toString('base64')}`;

/** A search in the hills: name, start, heading in degrees, speed in m/s, battery 0..1. */
export const TEAM = [
  ['Ada Lindqvist', 47.6104, -121.9402, 35, 1.4, 0.86],
  ['Ben Okafor', 47.6121, -121.9377, 80, 1.1, 0.64],
  ['Chiara Russo', 47.6088, -121.9351, 340, 1.6, 0.91],
  ['Dmitri Volkov', 47.6133, -121.9436, 120, 0.9, 0.18],
  ['Emma Tanaka', 47.6069, -121.9429, 15, 1.3, 0.73],
  ['Farid Haddad', 47.6112, -121.9318, 265, 1.2, 0.55],
  ['Grace Mbeki', 47.6146, -121.9391, 200, 1.5, 0.97],
];

/** Frames each has sent before the picture is taken. */
const STEPS = 60;

const METRES_PER_DEGREE = 111_320;

/** A headless hub on free ports; resolves with its process and its first line. */
export const startHub = async (dataDir) => {
  const args = ['--data', dataDir, '--json', '--port', '0', '--tls-port', '0', '--session', 'Tiger ridge search'];
  const hub = spawn(process.execPath, [join(root, 'out/main/headless.js'), 'hub', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: hub.stdout })) {
    const event = JSON.parse(line);
    if (event.event === 'ready') return { hub, ready: event };
  }
  throw new Error('The hub ended before it was ready.');
};

/** Resolves when it has ended: only then is its folder its own no more. */
export const stopHub = async (hub) => {
  const ended = once(hub, 'exit');
  hub.kill('SIGTERM');
  await ended;
};

/** One carrier: a way that bends a little with each step. */
export const walkOf = ([, latitude, longitude, heading, speed, battery]) => {
  const frames = [];
  let place = { latitude, longitude, heading };
  for (let step = 0; step < STEPS; step++) {
    const turn = 14 * Math.sin(step / 7 + heading);
    const radians = ((place.heading + turn) * Math.PI) / 180;
    const metres = speed * 8;
    place = {
      latitude: place.latitude + (Math.cos(radians) * metres) / METRES_PER_DEGREE,
      longitude: place.longitude + (Math.sin(radians) * metres) / (METRES_PER_DEGREE * Math.cos(latitude / 57.3)),
      heading: (place.heading + turn / 3 + 360) % 360,
    };
    frames.push({
      gps: { ...place, altitude: 412 + step, accuracy: 4 + (step % 5), altitudeAccuracy: 6, speed },
      orientation: { alpha: place.heading, beta: 41.2, gamma: -3.8, absolute: true },
      motion: {
        accelerationX: 0.4,
        accelerationY: 3.1,
        accelerationZ: 9.2,
        rotationAlpha: 2,
        rotationBeta: -1,
        rotationGamma: 0,
      },
      weather: {
        temperature: 11.4,
        humidity: 81,
        windSpeed: 9.2,
        windDirection: 205,
        precipitation: 0.1,
        cloudCover: 92,
        weatherCode: 61,
      },
      battery: battery - step / 2000,
    });
  }
  return frames;
};

/** A phone of a person of the team, welcomed. */
export const connect = (ready, person) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${ready.http.replace('http', 'ws')}/pocket-parrot`);
    socket.once('error', reject);
    socket.once('open', () =>
      socket.send(
        JSON.stringify({ type: 'handshake', token: ready.joinKey, username: person[0], platform: 'Android 16' }),
      ),
    );
    socket.once('message', () => resolve(socket));
  });

const acked = (socket, count) =>
  new Promise((resolve) => {
    let acks = 0;
    const listen = (message) => {
      if (JSON.parse(message.toString()).type !== 'ack' || ++acks < count) return;
      socket.off('message', listen);
      resolve();
    };
    socket.on('message', listen);
  });

/** Sends frames whose times end now, and resolves when the last is acked. @param everyMs between two of them */
export const send = (socket, frames, everyMs = 1000) => {
  const done = acked(socket, frames.length);
  frames.forEach((data, index) => {
    const timestamp = new Date(Date.now() - (frames.length - 1 - index) * everyMs).toISOString();
    socket.send(JSON.stringify({ type: 'data', data: { timestamp, ...data } }));
  });
  return done;
};

/** Sends an SOS, a message or a reply, and resolves when it is stored. */
export const sendWord = (socket, word) => {
  const done = acked(socket, 1);
  socket.send(JSON.stringify(word));
  return done;
};
