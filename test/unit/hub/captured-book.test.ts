import { beforeEach, expect, test } from 'vitest';
import { CapturedBook } from '../../../src/main/hub/captured-book';

const NEW = { queued: 0, stored: 0, forMs: 1000 };

let sessionId: string;
let settings: Record<string, string>;
let book: CapturedBook;
beforeEach(() => {
  sessionId = 's1';
  settings = {};
  book = open();
});

const open = (): CapturedBook =>
  new CapturedBook(
    {
      settings,
      sessions: ['s2', 's1'].map((id) => ({
        sessionId: id,
        name: '',
        startedAtMs: 0,
        endedAtMs: null,
        frames: 0,
        devices: 0,
      })),
    },
    {
      store: {
        saveSetting: (name, value) => {
          settings[name] = value;
          return Promise.resolve();
        },
      },
      sessionId: () => sessionId,
      nameOf: () => 'ann',
      onBug: (error) => {
        throw error;
      },
    },
  );

test('the count of a session is less what the phone had counted before it, over restarts', async () => {
  book.reported('d1', 10, NEW);
  book.reported('d1', 30, NEW);
  expect(book.of('s1', 'd1')).toBe(30);
  sessionId = 's2';
  book.reported('d1', 45, NEW);
  await book.flush();
  book = open();
  book.reported('d1', 50, NEW);
  expect([book.of('s1', 'd1'), book.of('s2', 'd1')]).toEqual([30, 20]);
  // It began to count anew: what was counted here stays counted.
  book.reported('d1', 3, NEW);
  expect(book.of('s2', 'd1')).toBe(23);
});

test.each([
  ['that has sent all it had to another hub', 5000, NEW, 0],
  ['with 40 still to send', 5000, { ...NEW, queued: 40 }, 40],
  ['with 40 still to send and 10 that came', 5000, { ...NEW, queued: 40, stored: 10 }, 50],
  ['that began with us', 40, NEW, 40],
  ['that has been here for a minute', 5000, { ...NEW, forMs: 60_000 }, 5000],
  ['that kept all it captured while we were away', 5000, { ...NEW, queued: 5000 }, 5000],
])('a phone new to this hub, %s', (_name, captured, known, ours) => {
  book.reported('d1', captured, known);
  expect(book.of('s1', 'd1')).toBe(ours);
  book.reported('d1', captured + 7, known);
  expect(book.of('s1', 'd1')).toBe(ours + 7);
});

test('who told of a session', () => {
  expect(book.devicesOf('s1')).toEqual([]);
  book.reported('d1', 1, NEW);
  expect(book.devicesOf('s1')).toEqual(['d1']);
});
