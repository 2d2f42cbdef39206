import { type DrillOptions, DrillRefused, runDrill } from '../drill';
import { CommandFailure, EXIT } from './exit-code';

/** What the command line says of a drill. */
export interface SimulateCommandOptions extends Omit<DrillOptions, 'key' | 'signal'> {
  readonly key?: string;
  readonly json: boolean;
}

/** Lets phones walk; fails unless every captured frame was acked. */
export async function runSimulate({ key, json, ...options }: SimulateCommandOptions): Promise<void> {
  const stop = new AbortController();
  // The frames that were captured are still waited for.
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const isShown = process.stderr.isTTY && !json;
  try {
    const result = await runDrill({ ...options, key: key ?? null, signal: stop.signal }, (progress) => {
      const { elapsedS, connected, captured, acked } = progress;
      if (isShown)
        process.stderr.write(
          `\r${Math.round(elapsedS)} s: ${connected} connected, ${captured} frames captured, ${acked} acked `,
        );
    });
    if (isShown) process.stderr.write('\n');
    process.stdout.write(`${json ? JSON.stringify({ event: 'drill', ...result }) : result.sentence}\n`);
    if (!result.isComplete) throw new CommandFailure(EXIT.failed, 'Not every captured frame was acked.');
  } catch (error) {
    if (error instanceof DrillRefused) throw new CommandFailure(EXIT.failed, error.message);
    throw error;
  }
}
