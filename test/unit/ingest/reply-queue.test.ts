import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplyQueue } from '../../../src/main/ingest/reply-queue';

test('answers leave in the order of their messages, whatever the order in which they are ready', () => {
  const order = fc.integer({ min: 1, max: 50 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      ready: fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count, maxLength: count },
      ),
    }),
  );
  fc.assert(
    fc.property(order, ({ count, ready }) => {
      const sent: number[] = [];
      const queue = new ReplyQueue((text) => sent.push((JSON.parse(text) as { n: number }).n));
      const answers = Array.from({ length: count }, () => queue.reserve());
      const isReady = new Set<number>();
      for (const index of ready) {
        const answer = answers[index];
        if (answer) queue.fill(answer, { n: index });
        isReady.add(index);
        // All there is up to the first that is not ready, and nothing after it.
        const firstGap = answers.findIndex((_, at) => !isReady.has(at));
        expect(sent).toHaveLength(firstGap < 0 ? count : firstGap);
      }
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    }),
  );
});

test('an answer that is ready waits for those before it', () => {
  const sent: string[] = [];
  const queue = new ReplyQueue((text) => sent.push(text));
  const first = queue.reserve();
  queue.add({ n: 2 });
  expect(sent).toEqual([]);
  queue.fill(first, { n: 1 });
  expect(sent).toEqual(['{"n":1}', '{"n":2}']);
});

test('whenEmpty resolves when the last answer is out', async () => {
  const queue = new ReplyQueue(() => undefined);
  await queue.whenEmpty();
  const [first, second] = [queue.reserve(), queue.reserve()];
  let isEmpty = false;
  const empty = queue.whenEmpty().then(() => {
    isEmpty = true;
  });
  queue.fill(second, {});
  await Promise.resolve();
  expect(isEmpty).toBe(false);
  queue.fill(first, {});
  await empty;
  expect(isEmpty).toBe(true);
});
