/** Turns values into text and back as structured clone would. */
export interface Codec {
  /** @throws on what Electron's IPC can't clone: functions, symbols, promises, DOM nodes; and on circles. */
  encode(value: unknown): string;
  /** Takes what `JSON.parse` gave for an encoded text. */
  revive(value: unknown): unknown;
}

interface Tagged {
  readonly $?: string;
  readonly v?: unknown;
  readonly name?: string;
}

/** Runs in Node and, by its source text, in the page: it may use nothing from outside its body. */
export function createCodec(): Codec {
  const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    // fromCharCode takes its arguments on the stack.
    for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
    return btoa(text);
  };
  const fromBase64 = (text: string): ArrayBuffer => {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes.buffer;
  };
  const encodeNumber = (value: number): unknown =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };

  const encodePrimitive = (value: unknown): unknown => {
    switch (typeof value) {
      case 'number':
        return encodeNumber(value);
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'function':
      case 'symbol':
        throw new Error('An object could not be cloned.');
      default:
        return value;
    }
  };

  const encodeObject = (value: object, inner: (value: unknown) => unknown): unknown => {
    const tag = tagOf(value);
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'regexp', v: value.source, name: value.flags };
    if (value instanceof Map) return { $: 'map', v: [...value].map(([key, each]) => [inner(key), inner(each)]) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(inner) };
    if (value instanceof Error) return { $: 'error', name: value.name, v: value.message };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      return { $: 'view', name: tag, v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    if (/^(Promise|WeakMap|WeakSet|WeakRef|Window|HTML.*Element|MessagePort)$/.test(tag)) {
      throw new Error(`An object could not be cloned. ([object ${tag}])`);
    }
    const plain = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inner(each)]));
    return '$' in plain ? { $: 'object', v: plain } : plain;
  };

  const encode = (value: unknown, open: Set<object>): unknown => {
    if (typeof value !== 'object' || value === null) return encodePrimitive(value);
    if (open.has(value)) throw new Error('stand-in: a circular value is not supported');
    open.add(value);
    const result = encodeObject(value, (each) => encode(each, open));
    open.delete(value);
    return result;
  };

  const reviveView = (name: string, buffer: ArrayBuffer): unknown => {
    const view = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>)[name];
    if (!view) throw new Error(`stand-in: ${name} can't be revived here`);
    return new view(buffer);
  };

  const revivePlain = (value: object): unknown =>
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each)]));

  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(revive);
    const { $: kind, v, name = '' } = value as Tagged;
    switch (kind) {
      case 'object':
        return revivePlain(v as object);
      case 'number':
        return Number(v);
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(v as string);
      case 'date':
        return new Date(v as number);
      case 'regexp':
        return new RegExp(v as string, name);
      case 'map':
        return new Map((v as Array<[unknown, unknown]>).map(([key, each]) => [revive(key), revive(each)]));
      case 'set':
        return new Set((v as unknown[]).map(revive));
      case 'error':
        return Object.assign(new Error(v as string), { name });
      case 'buffer':
        return fromBase64(v as string);
      case 'view':
        return reviveView(name, fromBase64(v as string));
      default:
        return revivePlain(value);
    }
  };

  return { encode: (value) => JSON.stringify(encode(value, new Set())), revive };
}
