// Splits Node's flags from the app's, finds the app's main file, and runs it in a child that has our stdio.
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const nodeFlags: string[] = [];
const required: string[] = [];
const appArguments: string[] = [];
let target: string | null = null;
const given = process.argv.slice(2);
for (let argument = given.shift(); argument !== undefined; argument = given.shift()) {
  if (/^--inspect(-brk)?(=|$)/.test(argument)) nodeFlags.push(argument);
  else if (argument === '-r' || argument === '--require') required.push(resolve(given.shift() ?? ''));
  else if (target === null && !argument.startsWith('-')) target = resolve(argument);
  else appArguments.push(argument);
}

const register = pathToFileURL(join(import.meta.dirname, 'register.ts')).href;
const child = spawn(
  process.execPath,
  ['--import', register, ...nodeFlags, mainFile(target ?? process.cwd()), ...appArguments],
  { stdio: 'inherit', env: { ...process.env, STAND_IN_REQUIRE: JSON.stringify(required) } },
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function mainFile(path: string): string {
  if (!statSync(path).isDirectory()) return path;
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { main?: string };
  return join(path, manifest.main ?? 'index.js');
}
