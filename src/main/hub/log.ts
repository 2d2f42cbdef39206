/** Where the hub logs: pino's shape, so that any logger of that family fits. Never given a key. */
export interface HubLog {
  debug(detail: object, message: string): void;
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}
