import { pino } from 'pino';
import { createHub } from '../hub/create-hub';
import type { Hub, HubOptions } from '../hub/hub';
import { PortInUseError } from '../lan';
import { createEventPrinter } from './event-printer';
import { CommandFailure, EXIT } from './exit-code';

/** What the command line says of the hub. */
export interface HubCommandOptions extends Omit<HubOptions, 'log' | 'dataDir' | 'certFile' | 'keyFile'> {
  readonly dataDir: string;
  readonly cert?: string;
  readonly key?: string;
  readonly logLevel: string;
  readonly json: boolean;
}

/** A shutdown that takes longer than this is cut off, ms: 5 s are promised. */
const CLOSE_MS = 4_700;

/** Runs a hub until it is told to stop. */
export async function runHub({ cert, key, logLevel, json, ...rest }: HubCommandOptions): Promise<void> {
  const log = pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
  // Listened for from here on: a hub that is asked to stop while it starts stops too.
  const stop = new AbortController();
  const stopped = untilToldToStop().then(() => stop.abort());
  const hub = await open({ ...rest, certFile: cert, keyFile: key, log, stop: stop.signal });
  if (hub === null) return;
  const print = createEventPrinter(json);
  hub.onEvent(print.event);
  try {
    const ready = await hub.start();
    print.ready({ ...ready, pid: process.pid, version: rest.version, dataDir: rest.dataDir });
  } catch (error) {
    await hub.close();
    if (error instanceof PortInUseError) throw new CommandFailure(EXIT.portInUse, error.message);
    throw error;
  }
  await stopped;
  await closeInTime(hub);
}

/** null: told to stop before it was open. */
async function open(options: HubOptions & { readonly stop: AbortSignal }): Promise<Hub | null> {
  const { stop } = options;
  let timer: NodeJS.Timeout | undefined;
  // Inside SQLite a thread can't be ended, nor its process but so; what it was at begins anew at the next start.
  const cutOff = (): void => {
    timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), CLOSE_MS);
  };
  stop.addEventListener('abort', cutOff);
  try {
    const hub = await createHub(options);
    if (!stop.aborted) return hub;
    await closeInTime(hub);
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    stop.removeEventListener('abort', cutOff);
    clearTimeout(timer);
  }
  return null;
}

/** SIGINT, SIGTERM, or the launcher that started us went away. */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
    process.on('SIGHUP', () => resolve());
    process.once('disconnect', () => resolve());
    // Listening alone would keep the process alive after the hub has closed.
    process.channel?.unref();
  });
}

async function closeInTime(hub: Hub): Promise<void> {
  const timer = setTimeout(() => {
    process.stderr.write('The hub did not close in time; everything acked is stored.\n');
    process.exit(EXIT.failed);
  }, CLOSE_MS);
  await hub.close();
  clearTimeout(timer);
}
