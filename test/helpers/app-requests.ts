import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request of a native app (test/fixtures/apps/README.md). */
export interface AppFixture {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it is sent; null: none. */
  readonly body: string | null;
}

/** Reads `test/fixtures/apps/NAME.json`. */
export function appFixture(name: string): AppFixture {
  const text = readFileSync(join(import.meta.dirname, `../fixtures/apps/${name}.json`), 'utf8');
  const { body = null, ...request } = JSON.parse(text) as Omit<AppFixture, 'body'> & { body?: unknown };
  return { ...request, body: body === null || typeof body === 'string' ? body : JSON.stringify(body) };
}
