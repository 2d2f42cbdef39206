import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import type { Transport } from '../../../src/common/rpc/transport';
import { IncompatibleError, UnauthorizedError } from '../../../src/renderer/control-room/connect/hub-link';
import { type KeptLink, keepConnected, type LinkState } from '../../../src/renderer/control-room/connect/reconnect';

let kept: KeptLink | null = null;
afterEach(() => kept?.stop());

/** Keeps a link to a hub that answers as the steps say, one step an attempt, then for ever as the last. */
function keep(steps: ReadonlyArray<Error | 'up'>, begin: (transport: Transport) => Promise<void> = async () => {}) {
  const states: LinkState[] = [];
  const hubEnds: Transport[] = [];
  const delays: number[] = [];
  let opened = 0;
  kept = keepConnected({
    open: () => {
      const step = steps[Math.min(opened++, steps.length - 1)];
      if (step instanceof Error) return Promise.reject(step);
      const [ours, theirs] = createMemoryTransports();
      hubEnds.push(theirs);
      return Promise.resolve(ours);
    },
    begin,
    onState: (state) => states.push(state),
    delayMs: (attempt) => {
      delays.push(attempt);
      return 0;
    },
  });
  const kinds = (): string => states.map(({ kind }) => kind).join(' ');
  return { states, hubEnds, delays, kinds, opened: () => opened };
}

const gone = new Error('The hub is not reachable.');

describe('keepConnected', () => {
  it('comes up at the first attempt', async () => {
    const { kinds } = keep(['up']);
    await vi.waitFor(() => expect(kinds()).toBe('connecting online'));
  });

  it('tries until the hub is there, counting the attempts', async () => {
    const { kinds, delays } = keep([gone, gone, 'up']);
    await vi.waitFor(() => expect(kinds()).toBe('connecting retrying retrying online'));
    expect(delays).toEqual([1, 2]);
  });

  it('connects anew after the hub went, and counts from one again', async () => {
    const { kinds, hubEnds, delays } = keep([gone, gone, 'up', gone, 'up']);
    await vi.waitFor(() => expect(kinds()).toMatch(/online$/));
    hubEnds[0]?.close();
    await vi.waitFor(() => expect(kinds()).toMatch(/online retrying retrying online$/));
    expect(delays).toEqual([1, 2, 1, 2]);
    expect(hubEnds).toHaveLength(2);
  });

  it('tries again when the link closes before the first answer', async () => {
    let begun = 0;
    const { hubEnds, kinds } = keep(['up'], () => {
      begun += 1;
      return begun === 1 ? new Promise(() => {}) : Promise.resolve();
    });
    await vi.waitFor(() => expect(hubEnds).toHaveLength(1));
    hubEnds[0]?.close();
    await vi.waitFor(() => expect(kinds()).toBe('connecting retrying online'));
  });

  it('tells the rpc client of the close as well', async () => {
    const closed = vi.fn();
    const { hubEnds, kinds } = keep(['up'], (transport) => {
      transport.onClose(closed);
      return Promise.resolve();
    });
    await vi.waitFor(() => expect(kinds()).toMatch(/online$/));
    hubEnds[0]?.close();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  });

  it('stops for good when the key is refused', async () => {
    const { states, opened } = keep([new UnauthorizedError(true)]);
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'unauthorized', wasRefused: true }));
    expect(opened()).toBe(1);
  });

  it('stops for good, and hangs up, when the hub speaks another contract', async () => {
    const { kinds, hubEnds } = keep(['up'], () => Promise.reject(new IncompatibleError(2, 1)));
    await vi.waitFor(() => expect(kinds()).toBe('connecting incompatible'));
    const closed = vi.fn();
    hubEnds[0]?.onClose(closed);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it('opens nothing more once stopped', async () => {
    const { opened, kinds, hubEnds } = keep(['up']);
    await vi.waitFor(() => expect(kinds()).toMatch(/online$/));
    kept?.stop();
    const closed = vi.fn();
    hubEnds[0]?.onClose(closed);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(opened()).toBe(1);
    expect(kinds()).toBe('connecting online');
  });
});
