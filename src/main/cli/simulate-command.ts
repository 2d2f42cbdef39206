import { readFileSync } from 'node:fs';
import { type DrillOptions, DrillRefused, runDrill } from '../drill';
import { CommandFailure, EXIT } from './exit-code';

/** What the command line says of a drill. */
export interface SimulateCommandOptions extends Omit<DrillOptions, 'key' | 'signal' | 'ca'> {
  readonly key?: string;
  /** A PEM file. */
  readonly ca?: string;
  readonly json: boolean;
}

/** Lets phones walk; fails unless every captured frame was acked. */
export async function runSimulate({ key, ca, json, ...options }: SimulateCommandOptions): Promise<void> {
  const trusted = ca === undefined ? {} : { ca: readCertificate(ca) };
  const stop = new AbortController();
  // The frames that were captured are still waited for.
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const isShown = process.stderr.isTTY && !json;
  try {
    const result = await runDrill({ ...options, ...trusted, key: key ?? null, signal: stop.signal }, (progress) => {
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

function readCertificate(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CommandFailure(EXIT.usage, `The certificate ${file} can't be read.`);
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new CommandFailure(EXIT.usage, `${file} is no certificate in PEM form.`);
}
