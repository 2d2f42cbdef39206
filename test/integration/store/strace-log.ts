/** One system call of a process under `strace -f -y`. Lines are numbered in the order in which strace saw them. */
export interface SystemCall {
  readonly name: string;
  /** Path or socket of the first argument, as `-y` prints it; empty when it has none. */
  readonly file: string;
  readonly args: string;
  /** Return value; NaN when it is none. */
  readonly result: number;
  /** Line at which it was entered, and at which it returned. */
  readonly entered: number;
  readonly returned: number;
}

const CALL = /^(\d+) +(\w+)\((.*?)(\) += (-?\d+).*| <unfinished \.\.\.>)$/s;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+).*$/s;

/** Calls in the order of their return. Calls that never returned are left out. */
export function parseStrace(log: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, Omit<SystemCall, 'result' | 'returned'>>();
  log.split('\n').forEach((line, index) => {
    const resumed = RESUMED.exec(line);
    if (resumed) {
      const [, pid = '', , rest = '', result = ''] = resumed;
      const begun = unfinished.get(pid);
      if (begun) calls.push({ ...begun, args: begun.args + rest, result: Number(result), returned: index });
      unfinished.delete(pid);
      return;
    }
    const call = CALL.exec(line);
    if (!call) return;
    const [, pid = '', name = '', args = '', , result] = call;
    const begun = { name, args, file: /^\d+<(.*?)>(?=,|$)/.exec(args)?.[1] ?? '', entered: index };
    if (result === undefined) unfinished.set(pid, begun);
    else calls.push({ ...begun, result: Number(result), returned: index });
  });
  return calls;
}
