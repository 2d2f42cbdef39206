import { expect, it } from 'vitest';
import { Ladder, type LadderParts } from '../../../../src/renderer/phone/link/ladder';
import { WELCOME } from './test-hub';

const JOINED = 'https://192.168.1.20:8443';
const OTHER = 'https://10.0.0.7:8443';

function makeLadder(over: Partial<LadderParts> = {}, addresses: readonly string[] = ['192.168.1.20', '10.0.0.7']) {
  const kept: unknown[] = [];
  const ladder = new Ladder({
    joined: JOINED,
    memory: { hubId: 'h', addresses, keep: (welcome) => kept.push(welcome) },
    isUp: () => Promise.resolve(false),
    canOpenSocket: () => Promise.resolve(false),
    isProved: () => Promise.resolve(true),
    climbed: () => undefined,
    ...over,
  });
  const dialled: string[] = [];
  const fail = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      const dial = await ladder.next();
      dialled.push(dial ? `${dial.rung} ${dial.origin}` : 'none');
      if (dial) ladder.failed();
    }
  };
  return { ladder, dialled, fail, kept };
}

it('tries the present address twice, then the others, round and round', async () => {
  const { dialled, fail } = makeLadder();
  await fail(6);
  expect(dialled).toEqual([
    `socket ${JOINED}`,
    `socket ${JOINED}`,
    `socket ${OTHER}`,
    `socket ${JOINED}`,
    `socket ${JOINED}`,
    `socket ${OTHER}`,
  ]);
});

it('goes over to requests where sockets fail twice while the hub answers', async () => {
  const { dialled, fail } = makeLadder({ isUp: (origin) => Promise.resolve(origin === JOINED) });
  await fail(5);
  expect(dialled).toEqual([
    `socket ${JOINED}`,
    `socket ${JOINED}`,
    `http ${JOINED}`,
    `http ${JOINED}`,
    `socket ${OTHER}`,
  ]);
});

it('stays with the address that worked last', async () => {
  const { ladder, dialled, fail } = makeLadder();
  await fail(2);
  const dial = await ladder.next();
  expect(dial?.origin).toBe(OTHER);
  if (dial) expect(ladder.welcomed({ ...WELCOME, addresses: ['10.0.0.7', '10.9.9.9'] }, dial)).toBe(true);
  await fail(4);
  expect(dialled.slice(2)).toEqual([
    `socket ${OTHER}`,
    `socket ${OTHER}`,
    'socket https://10.9.9.9:8443',
    `socket ${JOINED}`,
  ]);
});

it('climbs back to a socket once one gets through', async () => {
  let canOpen = false;
  const climbed: number[] = [];
  const { ladder, fail } = makeLadder({
    isUp: () => Promise.resolve(true),
    canOpenSocket: () => Promise.resolve(canOpen),
    climbed: () => climbed.push(1),
    climbMs: 5,
  });
  await fail(2);
  const dial = await ladder.next();
  expect(dial).toEqual({ origin: JOINED, rung: 'http' });
  if (dial) ladder.welcomed(WELCOME, dial);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(climbed).toHaveLength(0);
  canOpen = true;
  await expect.poll(() => climbed.length).toBe(1);
  expect(await ladder.next()).toEqual({ origin: JOINED, rung: 'socket' });
});

it('does not talk to another hub at an address of ours', async () => {
  const { ladder, fail, kept } = makeLadder();
  await fail(2);
  const dial = await ladder.next();
  if (dial) expect(ladder.welcomed({ ...WELCOME, hubId: 'stranger' }, dial)).toBe(false);
  expect(kept).toEqual([]);
  expect((await ladder.next())?.origin).toBe(JOINED);
});

it.each(['http://192.168.1.20:8080', JOINED])(
  'from %s it dials another address only where the hub proves itself',
  async (joined) => {
    const other = joined.replace('192.168.1.20', '10.0.0.7');
    let isProved = false;
    const { dialled, fail } = makeLadder({ joined, isProved: () => Promise.resolve(isProved) });
    await fail(3);
    expect(dialled).toEqual([`socket ${joined}`, `socket ${joined}`, 'none']);
    isProved = true;
    await fail(3);
    expect(dialled.slice(3)).toEqual([`socket ${joined}`, `socket ${joined}`, `socket ${other}`]);
  },
);

it('takes IPv6 addresses, and leaves out what is none', async () => {
  const { dialled, fail } = makeLadder({}, ['fd00::2', 'no address']);
  await fail(4);
  expect(dialled.slice(2)).toEqual(['socket https://[fd00::2]:8443', `socket ${JOINED}`]);
});
