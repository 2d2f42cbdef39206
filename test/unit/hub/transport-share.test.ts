import { expect, test } from 'vitest';
import { meter, TransportShare } from '../../../src/main/hub/transport-share';

test('of what waits in a transport, only one’s own counts: a large picture of others is not held against it', () => {
  let bufferedBytes = 0;
  const transport = meter({
    send: (message) => {
      bufferedBytes += message.length;
    },
    onMessage: () => {},
    onClose: () => {},
    close: () => {},
    get bufferedBytes() {
      return bufferedBytes;
    },
  });
  const share = new TransportShare(transport);
  transport.send('x'.repeat(10_000));
  share.add(() => transport.send('12345'));
  transport.send('x'.repeat(20_000));
  share.add(() => transport.send('123'));
  expect(share.bufferedBytes).toBe(8);
  // The first picture has gone, then the message after it.
  bufferedBytes -= 10_000;
  expect(share.bufferedBytes).toBe(8);
  bufferedBytes -= 5;
  expect(share.bufferedBytes).toBe(3);
  bufferedBytes = 0;
  expect(share.bufferedBytes).toBe(0);
});
