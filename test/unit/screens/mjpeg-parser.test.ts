import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MjpegParser } from '../../../src/main/screens/mjpeg-parser';

const MAX = 100_000;

function parse(stream: Buffer, cuts: readonly number[], boundary = 'cut'): Buffer[] {
  const frames: Buffer[] = [];
  const parser = new MjpegParser(boundary, MAX, (jpeg) => frames.push(jpeg));
  const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
  let at = 0;
  for (const end of ends) {
    parser.push(stream.subarray(at, end));
    at = end;
  }
  return frames;
}

const part = (body: Buffer, hasLength: boolean): Buffer =>
  Buffer.concat([
    Buffer.from(`--cut\r\nContent-Type: image/jpeg\r\n${hasLength ? `Content-Length: ${body.length}\r\n` : ''}\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);

test('pictures come out as they went in, wherever the stream is cut, with and without their lengths', () => {
  const body = fc.uint8Array({ minLength: 1, maxLength: 3_000 }).map((bytes) => Buffer.from(bytes));
  const bodies = fc.array(fc.tuple(body, fc.boolean()), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(bodies, fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
      fc.pre(parts.every(([bytes]) => !bytes.includes('--cut')));
      const stream = Buffer.concat([
        Buffer.from('preamble\r\n'),
        ...parts.map(([bytes, hasLength]) => part(bytes, hasLength)),
        Buffer.from('--cut\r\n'),
      ]);
      expect(parse(stream, cuts).map((one) => one.toString('hex'))).toEqual(
        parts.map(([bytes]) => bytes.toString('hex')),
      );
    }),
  );
});

test('a boundary that is named with its dashes', () => {
  expect(parse(part(Buffer.from('abc'), true), [], '--cut').map(String)).toEqual(['abc']);
});

test.each([
  ['a length beyond the limit', `--cut\r\nContent-Length: ${MAX + 1}\r\n\r\n`, /larger than/],
  ['a length that is none', '--cut\r\nContent-Length: -5\r\n\r\n', /no number/],
  ['headers without an end', `--cut\r\n${'a: b\r\n'.repeat(5_000)}`, /headers/],
  ['a picture without an end', `--cut\r\n\r\n${'x'.repeat(MAX * 2)}`, /larger than/],
])('refused: %s', (_, text, sentence) => {
  expect(() => parse(Buffer.from(text), [])).toThrow(sentence);
});

test('any bytes in: pictures or one sentence, and memory stays bounded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.array(fc.nat(), { maxLength: 5 }), (bytes, cuts) => {
      try {
        parse(Buffer.concat([Buffer.from('--cut\r\n'), Buffer.from(bytes)]), cuts);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});
