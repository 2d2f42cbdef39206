import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const MIB = 1024 * 1024;

/** A data folder that a process can fill. */
export interface SmallDisk {
  readonly kind: 'tmpfs' | 'file size limit';
  readonly dataDir: string;
  /** The command line that runs a command inside the limit. */
  run(command: readonly string[]): readonly [string, readonly string[]];
  /** Takes the limit away or makes room. */
  makeRoom(): void;
}

/**
 * A tmpfs where mounting is permitted; elsewhere a limit on the size of each file, which SQLite and the file system
 * refuse to pass in the same way.
 */
export function smallDisk(sizeMib: number): SmallDisk {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  onTestFinished(() => removeFolder(folder));
  const { status } = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m`, 'perch-test', folder]);
  if (status !== 0) return limitedFiles(dataDir);
  onTestFinished(() => void execFileSync('/usr/bin/umount', ['-l', folder]));
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc((sizeMib / 4) * MIB));
  return {
    kind: 'tmpfs',
    dataDir,
    run: ([program = '', ...args]) => [program, args],
    makeRoom: () => rmSync(ballast),
  };
}

function limitedFiles(dataDir: string): SmallDisk {
  mkdirSync(dataDir);
  const limitKib = 8192;
  return {
    kind: 'file size limit',
    dataDir,
    run: (command) => ['bash', ['-c', `ulimit -f ${limitKib} && exec "$@"`, 'bash', ...command]],
    makeRoom: () => {},
  };
}
