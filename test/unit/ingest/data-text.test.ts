import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/common/model/frame';
import { dataText } from '../../../src/main/ingest/data-text';

const textOf = (text: string): string | null => dataText(JSON.parse(text) as JsonObject, text);

test.each([
  ['alone', '{"data":{"a":1}}', '{"a":1}'],
  ['after the envelope', '{"type":"data","boot":"b","seq": 7,"data":{"gps":{"latitude":1}}}', '{"gps":{"latitude":1}}'],
  ['braces in texts', '{"type":"data","data":{"text":"}}{","b":{"c":"{"}}}', '{"text":"}}{","b":{"c":"{"}}'],
  ['numbers as they were written', '{"data":{"big":12345678901234567890,"one":1.0}}', null],
])('as the phone wrote it: %s', (_, message, expected) => {
  expect(textOf(message)).toBe(expected ?? message.slice(message.indexOf('{', 1), -1));
});

test.each([
  ['an escape', '{"data":{"text":"a\\nb"}}'],
  ['a name with an escape, so a second frame', '{"data":{"a":1},"d\\u0061ta":{"b":2}}'],
  ['an escaped name before it', '{"d\\u0061ta":{"data":{"evil":1}},"data":{"a":1}}'],
  ['twice', '{"data":{"a":1},"data":{"b":2}}'],
  ['another object behind it', '{"data":{"a":1},"more":{"b":2}}'],
  ['another object behind it, and that name again', '{"data":{"a":1},"more":{"b":2},"more":1}'],
  ['an object behind it under a name of before', '{"more":1,"data":{"a":1},"more":{"b":2}}'],
  ['an object before it', '{"more":{"data":{"evil":1}},"data":{"a":1}}'],
  ['an array before it', '{"more":[{"data":{"evil":1}}],"data":{"a":1}}'],
  ['a number behind it', '{"data":{"a":1},"seq":1}'],
  ['a text behind it that ends like it', '{"data":{"a":1},"more":"}}"}'],
  ['no object', '{"data":[{"a":{}}]}'],
  ['blanks at the end', '{"data":{"a":1}} '],
  ['its name as a value in it', '{"data":{"weather":{"data":{"a":1}}}}'],
  ['long', `{"data":{"a":"${'x'.repeat(8192)}"}}`],
])('not told at a glance: %s', (_, message) => {
  expect(textOf(message)).toBeNull();
});

/** JSON with members of one name twice, which no object can have. */
const json = fc.letrec<{ value: string; object: string; name: string; text: string }>((tie) => ({
  text: fc.oneof(
    fc.constantFrom('"data"', '"}"', '"{"', '"}}"', '"data\\":{"', '",\\"data\\":{"', '""'),
    fc.string().map((text) => JSON.stringify(text)),
  ),
  name: fc.constantFrom('"data"', '"type"', '"more"', '"d\\u0061ta"', '"more data"', '"1"', '"a\\"data"'),
  object: fc
    .array(fc.tuple(tie('name'), fc.constantFrom(':', ' :', ': '), tie('value')), { maxLength: 4 })
    .map((members) => `{${members.map((member) => member.join('')).join(',')}}`),
  value: fc.oneof(
    { depthSize: 'small' },
    tie('text'),
    fc.constantFrom('1', 'null', 'true', '[]'),
    tie('object'),
    tie('object').map((object) => `[${object}]`),
  ),
}));

test('whatever the message: the text is that of its frame, or null', () => {
  let told = 0;
  const message = fc
    .tuple(json.object, json.object)
    .map(([first, frame]) => `${first.slice(0, -1)}${first === '{}' ? '' : ','}"data":${frame}}`);
  fc.assert(
    fc.property(fc.oneof(json.object, message), (text) => {
      const parsed = JSON.parse(text) as JsonObject;
      const found = dataText(parsed, text);
      if (found === null) return;
      told += 1;
      expect(JSON.parse(found)).toEqual(parsed.data);
    }),
    { numRuns: 5_000 },
  );
  expect(told).toBeGreaterThan(50);
});
