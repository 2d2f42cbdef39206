import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own under the system's temporary one. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'perch-test-'));

/** Removes what {@link temporaryFolder} made. */
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });
