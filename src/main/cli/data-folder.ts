import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * Where everything is kept when nobody says otherwise: the folder the desktop application uses too
 * (Electron's `userData`), so that both show the same sessions.
 */
export function defaultDataFolder(): string {
  return join(applicationDataFolder(), 'Perch', 'data');
}

function applicationDataFolder(): string {
  switch (platform()) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support');
    case 'win32':
      return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
    default:
      return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  }
}
