/** Shared by two threads: put up by one, looked at by the other in the middle of its work. */
export type StopSign = Int32Array<SharedArrayBuffer>;

export const newStopSign = (): StopSign => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

export const putUp = (sign: StopSign): void => void Atomics.store(sign, 0, 1);

export const isUp = (sign: StopSign): boolean => Atomics.load(sign, 0) === 1;
