import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../../src/common/wire/protocol-error';
import { parseMessage } from '../../../src/main/ingest/message-parser';

const parse = (message: unknown) => parseMessage(JSON.stringify(message));

function refusalOf(text: string): string {
  try {
    parseMessage(text);
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error(`The message was accepted: ${text.slice(0, 200)}`);
}

const handshake = (fields: object) => {
  const message = parse({ type: 'handshake', ...fields });
  if (message.type !== 'handshake') throw new Error('not a handshake');
  return message.handshake;
};

test('a handshake may say nothing', () => {
  expect(handshake({})).toEqual({ type: 'handshake', pair: false });
});

test('a handshake may say everything, and what is not in the protocol is ignored', () => {
  const said = {
    client: 'x',
    version: '1',
    deviceId: 'd',
    username: 'ann',
    token: 't',
    platform: 'iOS',
    protocol: 1,
    pair: true,
  };
  expect(handshake({ ...said, timestamp: 'whenever', colour: 'red' })).toEqual({ type: 'handshake', ...said });
});

test.each([
  ['null', { deviceId: null, username: null, client: null, pair: null }],
  ['an empty text', { deviceId: '', username: '', client: '', token: '', platform: '' }],
  ['a name of blanks', { username: ' \t ' }],
])('%s is "not said"', (_, fields) => {
  expect(handshake(fields)).toEqual({ type: 'handshake', pair: false });
});

test.each([
  ['composed', 'Zoe\u0308', 'Zo\u00eb'],
  ['without the blanks around it', '  ann ', 'ann'],
  ['of 64 characters, two units each', '\u{1f426}'.repeat(64), '\u{1f426}'.repeat(64)],
  ['of 64 letters sent decomposed', 'e\u0301'.repeat(64), '\u00e9'.repeat(64)],
  ['in a right-to-left script', '\u05d0\u05e0\u05d4', '\u05d0\u05e0\u05d4'],
  ['with joined emoji', '\u{1f469}\u200d\u{1f692}', '\u{1f469}\u200d\u{1f692}'],
])('a username %s', (_, said, kept) => {
  expect(handshake({ username: said }).username).toBe(kept);
});

test.each([
  ['65 characters', 'x'.repeat(65)],
  ['megabytes', 'x'.repeat(3_000_000)],
  ['a control character', 'an\u0000n'],
  ['a line break inside', 'an\nn'],
  ['a C1 control character', 'an\u009bn'],
  ['a direction override', 'ann\u202egpj'],
  ['a direction isolate', '\u2067ann'],
  ['a direction mark', 'ann\u200f'],
  ['a line separator', 'an\u2028n'],
  ['half a surrogate pair', 'ann\ud83d'],
])('a username with %s is refused', (_, username) => {
  expect(refusalOf(JSON.stringify({ type: 'handshake', username }))).toMatch(
    /^invalid_message: username must be 1 to 64 characters without control or direction characters, got /,
  );
});

test.each([
  ['128 characters', 'x'.repeat(128)],
  ['128 characters, two units each', '\u{1f426}'.repeat(128)],
  ['one', '1'],
])('a deviceId of %s', (_, deviceId) => {
  expect(handshake({ deviceId }).deviceId).toBe(deviceId);
});

test.each([
  ['129 characters', 'x'.repeat(129)],
  ['a control character', 'a\u001b[2J'],
  ['half a surrogate pair', '\udc00'],
  ['a direction override', 'a\u202eb'],
])('a deviceId with %s is refused', (_, deviceId) => {
  expect(refusalOf(JSON.stringify({ type: 'handshake', deviceId }))).toMatch(
    /^invalid_message: deviceId must be 1 to 128 printable characters, got /,
  );
});

test('what is only for the eye is cut, not refused', () => {
  const { platform, client } = handshake({ platform: 'p'.repeat(1_000), client: 'c'.repeat(1_000) });
  expect([platform?.length, client?.length]).toEqual([256, 256]);
});

test('what a phone says for the eye only turns no text around on the screen, and is no reason to refuse it', () => {
  const { platform, client, version } = handshake({
    platform: 'i\u202ePhone\n18\u0007',
    client: '\u2066app\u2069',
    version: '\u200f',
  });
  expect([platform, client, version]).toEqual(['i Phone 18', 'app', undefined]);
});

test.each<[sentence: string, text: string]>([
  ['invalid_json: the message is not JSON', ''],
  ['invalid_json: the message is not JSON', '{"type":"data"'],
  ['invalid_json: the message is not JSON', '\ufeff{}'],
  ['invalid_message: the message must be a JSON object, got an array', '[]'],
  ['invalid_message: the message must be a JSON object, got null', 'null'],
  ['invalid_message: the message must be a JSON object, got "data"', '"data"'],
  ['invalid_message: type is missing: a message must say handshake, data or batch', '{}'],
  ['invalid_message: type is missing: a message must say handshake, data or batch', '{"type":null}'],
  ['invalid_message: type must be a string, got 5', '{"type":5}'],
  [
    'unknown_type: type must be handshake, data, batch, dropped, status, sos, message, reply, read or ping, got "hello"',
    '{"type":"hello"}',
  ],
  [
    'unknown_type: type must be handshake, data, batch, dropped, status, sos, message, reply, read or ping, got "__proto__"',
    '{"type":"__proto__"}',
  ],
  ['invalid_message: client must be a string, got 5', '{"type":"handshake","client":5}'],
  ['invalid_message: deviceId must be a string, got an object', '{"type":"handshake","deviceId":{}}'],
  ['invalid_message: username must be a string, got an array', '{"type":"handshake","username":[]}'],
  ['invalid_message: pair must be true or false, got "yes"', '{"type":"handshake","pair":"yes"}'],
  [
    'invalid_message: timestamp must be an RFC 3339 time or milliseconds since 1970, got "now"',
    '{"type":"data","timestamp":"now"}',
  ],
  ['invalid_message: boot must be a string of 1 to 64 characters, got 1', '{"type":"data","boot":1}'],
  ['invalid_message: boot must be a string of 1 to 64 characters, got ""', '{"type":"data","boot":""}'],
  [
    `invalid_message: boot must be a string of 1 to 64 characters, got "${'b'.repeat(40)}…"`,
    `{"type":"data","boot":"${'b'.repeat(65)}"}`,
  ],
  ['invalid_message: boot must be a string of 1 to 64 characters, got "\\ud800"', '{"type":"data","boot":"\\ud800"}'],
  ['invalid_message: seq must be a whole number counting from 1, got 0', '{"type":"data","boot":"b","seq":0}'],
  ['invalid_message: seq must be a whole number counting from 1, got 1.5', '{"type":"data","boot":"b","seq":1.5}'],
  ['invalid_message: seq must be a whole number counting from 1, got "1"', '{"type":"data","boot":"b","seq":"1"}'],
  [
    'invalid_message: seq must be a whole number counting from 1, got 9007199254740992',
    '{"type":"data","boot":"b","seq":9007199254740992}',
  ],
  [
    'invalid_message: boot is missing: it must be a string of 1 to 64 characters',
    '{"type":"batch","frames":[{"seq":1,"data":{}}]}',
  ],
  ['invalid_message: frames is missing: it must be an array of 1 to 200 frames', '{"type":"batch","boot":"b"}'],
  [
    'invalid_message: frames must be an array of 1 to 200 frames, got an array',
    '{"type":"batch","boot":"b","frames":[]}',
  ],
  [
    'invalid_message: frames must be an array of 1 to 200 frames, got an object',
    '{"type":"batch","boot":"b","frames":{"length":1}}',
  ],
])('refused: %s', (sentence, text) => {
  expect(refusalOf(text)).toBe(sentence);
});

test("an item of a batch that is none is that item's own fault", () => {
  const batch = parse({ type: 'batch', boot: 'b', frames: [null, { data: {} }, { seq: 1, data: {} }] });
  const faults = batch.type === 'batch' ? batch.frames.map((one) => (one.seq === null ? one.fault : null)) : [];
  expect(faults.map((fault) => fault && `${fault.code}: ${fault.message}`)).toEqual([
    'invalid_frame: frames[0] must be an object {seq, data}, got null',
    'invalid_frame: frames[1].seq is missing: it must be a whole number counting from 1',
    null,
  ]);
});

test('201 frames are one too many', () => {
  const frames = Array.from({ length: 201 }, (_, index) => ({ seq: index + 1, data: {} }));
  expect(refusalOf(JSON.stringify({ type: 'batch', boot: 'b', frames }))).toContain(
    'frames must be an array of 1 to 200',
  );
  expect(parse({ type: 'batch', boot: 'b', frames: frames.slice(1) })).toMatchObject({ type: 'batch', boot: 'b' });
});

test('the frames of a batch are not looked at yet: one bad frame must not refuse its neighbours', () => {
  expect(parse({ type: 'batch', boot: 'b', live: false, frames: [{ seq: 2, data: 5 }, { seq: 1 }] })).toEqual({
    type: 'batch',
    boot: 'b',
    isBackfill: true,
    frames: [
      { seq: 2, data: 5 },
      { seq: 1, data: undefined },
    ],
  });
});

test('data: time and number are the message’s, the frame is not looked at', () => {
  expect(parse({ type: 'data', timestamp: 5, data: 'x', boot: 'b', seq: 3 })).toEqual({
    type: 'data',
    timestampMs: 5,
    data: 'x',
    text: null,
    boot: 'b',
    seq: 3,
  });
  expect(parse({ type: 'data', timestamp: null, boot: null, seq: null })).toMatchObject({
    timestampMs: null,
    boot: null,
    seq: null,
  });
});

test('any text is a message or one refusal in one sentence', () => {
  const value = fc.oneof(
    fc.record(
      {
        type: fc.oneof(fc.constantFrom('handshake', 'data', 'batch'), fc.jsonValue() as fc.Arbitrary<unknown>),
        deviceId: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue() as fc.Arbitrary<unknown>),
        username: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue() as fc.Arbitrary<unknown>),
        timestamp: fc.jsonValue(),
        boot: fc.oneof(fc.string(), fc.jsonValue() as fc.Arbitrary<unknown>),
        seq: fc.oneof(fc.integer(), fc.jsonValue() as fc.Arbitrary<unknown>),
        frames: fc.oneof(
          fc.array(fc.record({ seq: fc.nat(), data: fc.jsonValue() })),
          fc.jsonValue() as fc.Arbitrary<unknown>,
        ),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue() as fc.Arbitrary<unknown>,
  );
  const text = fc.oneof(
    value.map((one) => JSON.stringify(one)),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (one) => {
      try {
        expect(['handshake', 'data', 'batch']).toContain(parseMessage(one).type);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        expect(error.message).toMatch(/^[^\n]{1,400}$/);
      }
    }),
    { numRuns: 2_000 },
  );
});
