import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/common/model/frame';
import { Words } from '../../../../src/renderer/phone/operator/words';
import type { QueuedRow } from '../../../../src/renderer/phone/queue/batches';
import { deleteQueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';

const NAME = 'words-under-test';
let queue: FrameQueue;
let shown: object[];
let unkept: JsonObject[];
let storage: Map<string, string>;

beforeEach(async () => {
  shown = [];
  unkept = [];
  storage = new Map();
  queue = await FrameQueue.open({ name: 'a', openedAtMs: 1 }, NAME);
  await queue.meet('h');
});

afterEach(async () => {
  queue.close();
  await deleteQueueDatabase(NAME);
});

const makeWords = (): Words =>
  new Words(
    queue,
    {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
      removeItem: (key: string) => void storage.delete(key),
    } as Storage,
    {
      showed: (state) => shown.push(state),
      kept: () => undefined,
      unkept: (word) => void unkept.push(word),
    },
  );

const untilWaiting = (count: number) => expect.poll(() => queue.counts.waiting).toBe(count);

/** As the hub's ack does. */
async function store(words: Words): Promise<QueuedRow | null> {
  const word = await queue.takeWord();
  if (!word) return null;
  await queue.settle(word.boot, [[word.seq, word.seq]], []);
  await words.stored(word);
  return word;
}

it('keeps what is said, cut to what the hub takes, and shows when it is stored', async () => {
  const words = makeWords();
  words.say('text', 'x'.repeat(3_000));
  words.reply('r1', 'I am OK');
  await untilWaiting(2);
  const first = JSON.parse((await store(words))?.body ?? '') as { type: string; text: string };
  expect(first.type).toBe('message');
  expect(first.text).toHaveLength(2_000);
  await store(words);
  expect(shown).toEqual([
    { lastWord: { kind: 'text', state: 'queued' } },
    { lastWord: { kind: 'text', state: 'stored' } },
  ]);
});

it('an SOS is stored only when the last word on it is', async () => {
  const words = makeWords();
  words.sos(true, 'help');
  words.sos(false);
  await untilWaiting(2);
  await store(words);
  expect(shown).toHaveLength(2);
  await store(words);
  expect(shown.at(-1)).toEqual({ sos: { active: false, state: 'stored' } });
});

it('an SOS holds across a reload, queued or stored, until it is ended', async () => {
  makeWords().sos(true);
  await untilWaiting(1);
  shown = [];
  const later = makeWords();
  await later.restore();
  await store(later);
  await later.restore();
  expect(shown).toEqual([
    { sos: { active: true, state: 'queued' } },
    { sos: { active: true, state: 'stored' } },
    { sos: { active: true, state: 'stored' } },
  ]);
  later.sos(false);
  await untilWaiting(1);
  await store(later);
  shown = [];
  await later.restore();
  expect(shown).toEqual([]);
});

it('what the phone can not keep is said to be unsent, handed on, and stored once the hub has it', async () => {
  const words = makeWords();
  queue.close();
  words.sos(true, 'help');
  words.say('check-in', 'I am OK');
  await expect.poll(() => unkept.length).toBe(2);
  const [sos, text] = unkept;
  expect(sos).toMatchObject({ type: 'sos', active: true, text: 'help', timestamp: expect.any(String) as string });
  expect(shown.slice(2)).toEqual([
    { sos: { active: true, state: 'unsent' } },
    { lastWord: { kind: 'check-in', state: 'unsent' } },
  ]);
  words.unkeptStored(text ?? {});
  words.unkeptStored(sos ?? {});
  expect(shown.slice(4)).toEqual([
    { lastWord: { kind: 'check-in', state: 'stored' } },
    { sos: { active: true, state: 'stored' } },
  ]);
});

it('a call for help does not fail with the storage of the page', async () => {
  const full = new Words(
    queue,
    {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    } as unknown as Storage,
    { showed: (state) => shown.push(state), kept: () => undefined, unkept: (word) => void unkept.push(word) },
  );
  full.sos(true);
  await untilWaiting(1);
  expect(shown).toEqual([{ sos: { active: true, state: 'queued' } }]);
});

it('a call for help that is not over is made again at another hub, and one of an earlier page load is not', async () => {
  const words = makeWords();
  words.sos(true);
  words.met('h');
  await untilWaiting(1);
  await store(words);
  words.met('h');
  expect(queue.counts.waiting).toBe(0);
  words.met('other');
  await untilWaiting(1);
  expect(shown.at(-1)).toEqual({ sos: { active: true, state: 'queued' } });
  const later = makeWords();
  later.met('other');
  expect(shown.at(-1)).toEqual({ sos: { active: true, state: 'queued' } });
  later.met('third');
  expect(shown.at(-1)).toEqual({ sos: null });
  expect(queue.counts.waiting).toBe(1);
});
