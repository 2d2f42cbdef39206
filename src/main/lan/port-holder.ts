import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The answer is a comfort, not worth a long wait. */
const TOOL_TIMEOUT_MS = 3000;
/** State "listening" in /proc/net/tcp (Linux include/net/tcp_states.h). */
const LISTENING = '0A';

/** Who listens on a TCP port of this machine, such as `nginx (pid 812)`; null when the system does not tell us. */
export async function findPortHolder(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  try {
    switch (platform) {
      case 'linux':
        return await holderOnLinux(port);
      case 'darwin':
        return parseLsof((await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], tool)).stdout);
      case 'win32':
        return await holderOnWindows(port);
      default:
        return null;
    }
  } catch {
    // The tool is missing, or may not look: the port is taken all the same.
    return null;
  }
}

const tool = { timeout: TOOL_TIMEOUT_MS, windowsHide: true };

async function holderOnLinux(port: number): Promise<string | null> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return null;
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  for (const pid of pids) {
    if (!(await hasSocket(pid, inodes))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return describe(name.trim(), pid);
  }
  return null;
}

/** Inodes of the sockets that listen on `port` in a table of the form of /proc/net/tcp (proc(5)). */
export function listeningInodes(table: string, port: number): string[] {
  const portHex = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${portHex}`) === true && fields[3] === LISTENING)
    .flatMap((fields) => fields[9] ?? []);
}

async function hasSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Another user's process is closed to us, and one may end while we look.
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return targets.some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? ''));
}

/** Output of `lsof -Fpc`: a line `pPID`, then a line `cNAME`. */
export function parseLsof(output: string): string | null {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  return pid === undefined ? null : describe(/^c(.+)$/m.exec(output)?.[1] ?? '', pid);
}

async function holderOnWindows(port: number): Promise<string | null> {
  const pid = parseNetstat((await run('netstat', ['-ano', '-p', 'TCP'], tool)).stdout, port);
  if (pid === null) return null;
  const list = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], tool).catch(() => ({ stdout: '' }));
  return describe(/^"([^"]+)"/.exec(list.stdout.trim())?.[1] ?? '', pid);
}

/** The process id in `netstat -ano`; the state's name is translated on some systems, the foreign port 0 is not. */
export function parseNetstat(output: string, port: number): string | null {
  const line = output
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find((fields) => fields[1]?.endsWith(`:${port}`) === true && fields[2]?.endsWith(':0') === true);
  return line?.at(-1) ?? null;
}

function describe(name: string, pid: string): string {
  return name === '' ? `process ${pid}` : `${name} (pid ${pid})`;
}
