import { join } from 'node:path';

/** What the desktop app takes on its command line, beside Electron's own. */
export interface DesktopSwitches {
  /** Address to listen on. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly tlsPort: number;
  /** Where everything is kept. */
  readonly dataDir: string;
}

/** Chromium hides addresses behind names that only multicast DNS resolves, and many a WiFi drops that. */
const NO_HIDDEN_ADDRESSES = 'WebRtcHideLocalIpsWithMdns';

/**
 * Lets shares find the way: the window's own addresses are no secret on its own network. Before the app is ready; what
 * else the command line switches off stays off.
 */
export function showOwnAddresses(commandLine: {
  getSwitchValue(name: string): string;
  appendSwitch(name: string, value: string): void;
}): void {
  const others = commandLine.getSwitchValue('disable-features');
  commandLine.appendSwitch(
    'disable-features',
    others === '' ? NO_HIDDEN_ADDRESSES : `${others},${NO_HIDDEN_ADDRESSES}`,
  );
}

/**
 * Reads `--port=N --tls-port=N --host=ADDR --data=DIR`. Chromium's command line knows values only after `=`.
 * @throws Error with a sentence.
 */
export function readSwitches(
  commandLine: { hasSwitch(name: string): boolean; getSwitchValue(name: string): string },
  userDataDir: string,
): DesktopSwitches {
  const value = (name: string): string | null => {
    if (!commandLine.hasSwitch(name)) return null;
    const text = commandLine.getSwitchValue(name);
    if (text === '') throw new Error(`--${name} needs a value: --${name}=...`);
    return text;
  };
  const port = (name: string, fallback: number): number => {
    const text = value(name);
    if (text === null) return fallback;
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new Error(`--${name} must be between 0 and 65535, got ${text}.`);
    }
    return Number(text);
  };
  return {
    host: value('host') ?? '0.0.0.0',
    port: port('port', 8080),
    tlsPort: port('tls-port', 8443),
    dataDir: value('data') ?? join(userDataDir, 'data'),
  };
}
