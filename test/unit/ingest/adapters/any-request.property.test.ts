import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../../../src/common/wire/protocol-error';
import { parseFrame } from '../../../../src/main/ingest/frame-parser';
import { appFixture } from '../../../helpers/app-requests';
import { readRequest } from './read-fixture';

const PATHS = ['/owntracks', '/osmand', '/sensorlogger', '/gpslogger', '/overland'];

function accepts(path: string, body: string): void {
  try {
    for (const frame of readRequest({ path, headers: {}, body }).frames) parseFrame(frame);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}

test.each(PATHS)('%s: any JSON and any form is frames or a sentence', (path) => {
  fc.assert(fc.property(fc.jsonValue(), (value) => accepts(path, JSON.stringify(value))));
  fc.assert(fc.property(fc.webQueryParameters(), (query) => accepts(path, query)));
});

const NAMES = ['owntracks-location', 'traccar-client', 'sensorlogger', 'overland'];

test.each(NAMES)('%s with any one member replaced by any value', (name) => {
  const { path, body } = appFixture(name);
  const members = [...(body ?? '').matchAll(/"(\w+)":/g)].map(([, member]) => member ?? '');
  fc.assert(
    fc.property(fc.constantFrom(...members), fc.jsonValue(), (member, value) => {
      const replaced = JSON.stringify(
        JSON.parse(body ?? '', (key, one: unknown) => (key === member ? value : one)) as unknown,
      );
      accepts(path, replaced);
    }),
  );
});
