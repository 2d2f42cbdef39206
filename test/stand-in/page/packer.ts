/** Carries values between the preload's world and the page's: functions and promises go as ids. */
export interface Packer {
  pack(
    value: unknown,
    onFunction: (call: Callable) => number,
    onPromise: (promise: Promise<unknown>) => number,
  ): unknown;
  unpack(value: unknown, toFunction: (id: number) => Callable, toPromise: (id: number) => unknown): unknown;
}

export type Callable = (...args: unknown[]) => unknown;

/** Runs in the page by its source text. What it doesn't take apart, Chromium clones: class instances lose their prototype. */
export function createPacker(): Packer {
  const isPlain = (value: object): boolean => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype;
  };
  const isCloneable = (value: object): boolean =>
    /^(Date|RegExp|Map|Set|Error|ArrayBuffer|DataView|Blob|File|ImageData|ImageBitmap|.*Array)$/.test(
      Object.prototype.toString.call(value).slice(8, -1),
    );

  const pack: Packer['pack'] = (value, onFunction, onPromise) => {
    if (typeof value === 'function') return { $function: onFunction(value as Callable) };
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => pack(each, onFunction, onPromise));
    if (value instanceof Promise) return { $promise: onPromise(value) };
    if (!isPlain(value) && isCloneable(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pack(each, onFunction, onPromise)]));
  };

  const unpack: Packer['unpack'] = (value, toFunction, toPromise) => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => unpack(each, toFunction, toPromise));
    if (!isPlain(value)) return value;
    const { $function, $promise } = value as { $function?: number; $promise?: number };
    if ($function !== undefined) return toFunction($function);
    if ($promise !== undefined) return toPromise($promise);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each, toFunction, toPromise)]));
  };

  return { pack, unpack };
}
