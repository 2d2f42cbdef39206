import { join } from 'node:path';
import { app } from 'electron';
import pino from 'pino';
import { LIMITS } from '../../common/wire/limits';
import { drillHubFrom } from '../drill';
import { createHub } from '../hub/create-hub';
import type { Hub } from '../hub/hub';
import { openKeychain } from './keychain';
import type { DesktopSwitches } from './switches';

/**
 * The hub of the desktop app: paired phones only, the limits of docs/wire-protocol.md, log in the app's log folder.
 * @param stop gives up to open it. @throws when the data folder can't be used
 */
export function createDesktopHub(
  switches: DesktopSwitches,
  rendererDir: string,
  isKeptAwake: () => boolean,
  stop: AbortSignal,
): Promise<Hub> {
  const log = pino({ level: 'info' }, pino.destination({ dest: join(app.getPath('logs'), 'perch.log'), mkdir: true }));
  return createHub({
    ...switches,
    staticDir: rendererDir,
    startDrillHub: drillHubFrom(join(import.meta.dirname, 'headless.js')),
    version: app.getVersion(),
    access: 'paired',
    publicHosts: [],
    allowOrigins: [],
    trustProxies: [],
    rateLimit: LIMITS.frameRate,
    maxMessageBytes: LIMITS.messageBytes,
    maxConnections: LIMITS.connections,
    vault: openKeychain(),
    isKeptAwake,
    stop,
    log,
  });
}
