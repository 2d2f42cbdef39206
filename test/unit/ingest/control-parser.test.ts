import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../../src/common/wire/protocol-error';
import { parseMessage } from '../../../src/main/ingest/message-parser';
import { wordToFrame } from '../../../src/main/ingest/words';

const parse = (message: unknown) => parseMessage(JSON.stringify(message));

test('status: what is not said is null', () => {
  expect(parse({ type: 'status', battery: null, visibility: 'prerender', captured: 7, link: {} })).toEqual({
    type: 'status',
    status: { battery: null, charging: null, visibility: null, queued: null, captured: 7 },
  });
});

test.each([
  [{ battery: 80 }, 'battery must be between 0 and 1, got 80'],
  [{ battery: '0.8' }, 'battery must be between 0 and 1, got "0.8"'],
  [{ charging: 'yes' }, 'charging must be true or false, got "yes"'],
  [{ visibility: 1 }, 'visibility must be a string, got 1'],
  [{ queued: -1 }, 'queued must be a whole number, 0 or more, got -1'],
  [{ captured: 1.5 }, 'captured must be a whole number, 0 or more, got 1.5'],
])('status %j: one error', (said, message) => {
  expect(() => parse({ type: 'status', ...said })).toThrow(message);
});

test('ping: with fractions of a millisecond, and the round trip before it', () => {
  const last = { t0: 1.5, t1: 2, t2: 3, t3: 4.5 };
  expect(parse({ type: 'ping', t0: 1_795_291_533_000.25, last })).toEqual({
    type: 'ping',
    t0: 1_795_291_533_000.25,
    last,
  });
  expect(parse({ type: 'ping', t0: 0, last: null })).toMatchObject({ last: null });
});

test.each([
  ['t0', { type: 'ping', t0: 'now' }],
  ['t0', { type: 'ping', t0: 1e300 }],
  ['last.t3', { type: 'ping', t0: 1, last: { t0: 1, t1: 1, t2: 1 } }],
  ['last', { type: 'ping', t0: 1, last: [] }],
  ['ranges', { type: 'dropped', boot: 'b', ranges: [] }],
  ['ranges', { type: 'dropped', boot: 'b', ranges: Array.from({ length: 201 }, () => [1, 1]) }],
  ['ranges[0]', { type: 'dropped', boot: 'b', ranges: [[1]] }],
  ['ranges[0]', { type: 'dropped', boot: 'b', ranges: [[0, 1]] }],
  [
    'ranges[1]',
    {
      type: 'dropped',
      boot: 'b',
      ranges: [
        [1, 1],
        [1, 10_000_001],
      ],
    },
  ],
  ['boot', { type: 'dropped', ranges: [[1, 1]] }],
  ['active', { type: 'sos' }],
  ['text', { type: 'sos', active: true, text: 5 }],
  ['text', { type: 'message', text: '' }],
  ['answer', { type: 'reply', to: 'm', answer: {} }],
  ['to', { type: 'read' }],
  ['seq', { type: 'message', text: 'x', boot: 'b', seq: 0 }],
  ['timestamp', { type: 'sos', active: true, timestamp: 'soon' }],
])('refused at %s: %j', (path, message) => {
  expect(() => parse(message)).toThrow(new RegExp(`^${path.replaceAll(/[[\].]/g, '\\$&')} `));
});

test('2,000 letters are counted as people count them', () => {
  expect(parse({ type: 'message', text: '😀'.repeat(2000) })).toMatchObject({ kind: 'message' });
  expect(() => parse({ type: 'message', text: '😀'.repeat(2001) })).toThrow('text');
});

test('any control message is parsed or refused with a sentence, and every word becomes a frame', () => {
  const type = fc.constantFrom('dropped', 'status', 'ping', 'sos', 'message', 'reply', 'read');
  const field = fc.constantFrom(
    'boot',
    'seq',
    'ranges',
    't0',
    'last',
    'active',
    'text',
    'to',
    'answer',
    'id',
    'timestamp',
  );
  fc.assert(
    fc.property(type, fc.dictionary(field, fc.jsonValue()), (name, fields) => {
      try {
        const message = parseMessage(JSON.stringify({ ...fields, type: name }));
        if (message.type === 'word') expect(wordToFrame(message).data.captureMethod).toBe(message.kind);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
        expect((error as Error).message.length).toBeLessThan(300);
      }
    }),
    { numRuns: 2000 },
  );
});
