import type { App } from './app-message';
import { GPSLOGGER } from './gpslogger';
import { OSMAND } from './osmand';
import { OVERLAND } from './overland';
import { OWNTRACKS } from './owntracks';
import { SENSORLOGGER } from './sensorlogger';

export type { App, AppMessage, AppRequest } from './app-message';

/** Every native app that may send (docs/wire-protocol.md, section 5). */
export const APPS: readonly App[] = [OWNTRACKS, OSMAND, SENSORLOGGER, GPSLOGGER, OVERLAND];
