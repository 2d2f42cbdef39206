import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A hub of its own to drill against. */
export interface DrillHub {
  /** WebSocket address, over loopback. */
  readonly url: string;
  /** A join key. */
  readonly key: string;
  /** At once, whatever it does: nothing of it is kept. */
  stop(): Promise<void>;
}

/** Opens a hub on this folder. @throws Error with a sentence */
export type StartDrillHub = (dataDir: string) => Promise<DrillHub>;

/** A hub is up within a second; a laptop that swaps takes longer, ms. */
const START_MS = 20_000;

/**
 * Opens a second hub in a process of its own: what a drill does to it, a crash included, the real one does not feel.
 * @param headlessFile the built command line, `out/main/headless.js`
 */
export const drillHubFrom =
  (headlessFile: string): StartDrillHub =>
  async (dataDir) => {
    const listen = ['--host', '127.0.0.1', '--port', '0', '--no-tls'];
    const child = spawn(
      process.execPath,
      [headlessFile, 'hub', '--json', '--log-level', 'silent', '--data', dataDir, ...listen],
      {
        // The channel tells the child when we are gone, even by SIGKILL. Electron's binary is Node when it is told so.
        stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      },
    );
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL');
      await exited;
    };
    try {
      const { http, joinKey } = await firstEvent(child);
      return { url: http.replace('http', 'ws'), key: joinKey, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  };

/** `ready` of `--json`, as far as it is used. */
interface Ready {
  readonly http: string;
  readonly joinKey: string;
}

function firstEvent(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`The throw-away hub of the drill did not start: ${why}.`));
    };
    const timer = setTimeout(() => fail('it took too long'), START_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', () => fail('it ended at once'));
    if (child.stdout === null) return;
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      clearTimeout(timer);
      // What else it says is read and dropped: a full pipe would stop it.
      lines.close();
      child.stdout?.resume();
      resolve(JSON.parse(line) as Ready);
    });
  });
}
