/** Each call of a recorded fake, oldest first; tests read it as `__calls` of the module. */
export const calls: Array<{ readonly name: string; readonly args: readonly unknown[] }> = [];

/** A function that records its calls and answers with a fixed behaviour. Tests may replace it on its module. */
export function recorded<A extends readonly unknown[], R>(name: string, behaviour: (...args: A) => R) {
  return (...args: A): R => {
    // A window can't travel to the test that reads the record.
    calls.push({ name, args: args.map((each) => (isWindow(each) ? '[window]' : each)) });
    return behaviour(...args);
  };
}

function isWindow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'webContents' in value;
}
