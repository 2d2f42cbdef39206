import type { Logger } from 'pino';

/** Where the hub logs. Never given a key. */
export type HubLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
