import type { HubReady } from '../hub/hub';
import type { HubEvent } from '../hub/hub-events';

/** First event: where the hub is reached. */
export type ReadyEvent = HubReady & { readonly pid: number; readonly version: string; readonly dataDir: string };

/** Prints what the hub tells, one line each. */
export interface EventPrinter {
  readonly ready: (ready: ReadyEvent) => void;
  readonly event: (event: HubEvent) => void;
}

/** `json`: one JSON object a line, keys in the first. Otherwise plain words without keys. */
export function createEventPrinter(json: boolean): EventPrinter {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  // Whoever read our output may leave; the hub stays.
  process.stdout.on('error', () => {});
  if (json) {
    return {
      ready: ({ pid, version, http, https, ...rest }) =>
        print(JSON.stringify({ event: 'ready', pid, version, http, https, ...rest })),
      event: (event) => print(JSON.stringify(event)),
    };
  }
  return { ready: (ready) => print(readyInWords(ready)), event: (event) => print(`${timeOfDay()}  ${inWords(event)}`) };
}

/** What a phone says of itself could steer a terminal. */
const shown = (text: string | null): string | null => text?.replaceAll(/\p{C}/gu, '?') ?? null;

const timeOfDay = (): string => new Date().toTimeString().slice(0, 8);

function readyInWords({ version, http, https, join, console: room, dataDir }: ReadyEvent): string {
  const withoutKey = (url: string): string => url.split('#')[0] ?? url;
  return [
    `Perch ${version} is running.`,
    `  Control room  ${withoutKey(room)}  (its key: npm run -s hub -- keys)`,
    `  Phones        ${withoutKey(join)}  (scan the QR code in the control room)`,
    `  Listening at  ${http}${https ? ` and ${https}` : ', without TLS: phones have no position, camera or motion'}`,
    `  Data folder   ${dataDir}`,
    'Ctrl+C stops it; everything received is kept.',
  ].join('\n');
}

function inWords(event: HubEvent): string {
  switch (event.event) {
    case 'connected':
      return `a phone connected from ${event.address} (${event.connections} connected)`;
    case 'handshake':
      return `${event.name} is here (${shown(event.client) ?? 'unknown app'}, ${event.address})`;
    case 'disconnected':
      return `a phone left ${event.address} after ${event.durationS} s and ${event.frames} frames (${event.connections} connected)`;
    case 'alert':
      return `${event.severity.toUpperCase()}: ${event.sentence}${event.tip ? ` ${event.tip}` : ''}`;
    case 'status':
      return `${event.connections} connected, ${event.devices} people, ${event.framesStored} frames stored, ${event.framesPerSecond} a second`;
  }
}
