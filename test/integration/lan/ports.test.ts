import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PortInUseError } from '../../../src/main/lan';
import { openTestLan, type TestLan } from './lan-fixture';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function takePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('a port that is taken', () => {
  it.each(['port', 'tlsPort'] as const)(
    'names %s and the process that has it, and leaves nothing bound',
    async (which) => {
      const taken = await takePort();
      let lan: TestLan['lan'] | undefined;
      const failure = await openTestLan({ tlsPort: 0, [which]: taken }, (made) => {
        lan = made;
      }).then(
        () => null,
        (error: unknown) => error,
      );
      if (!(failure instanceof PortInUseError) || !lan) throw new Error(`got ${String(failure)}`);
      open.push(lan);
      expect(failure.port).toBe(taken);
      expect(failure.message).toContain(`Port ${taken} is already in use by `);
      if (process.platform === 'linux') expect(failure.holder).toContain(`(pid ${process.pid})`);

      // The operator chose "use another port".
      const listening = await lan.start({ port: 0, tlsPort: 0 });
      expect((await fetch(`${listening.http}/health`)).status).toBe(200);
    },
  );
});

it('closes when it never listened', async () => {
  let lan: TestLan['lan'] | undefined;
  const stopBeforeStart = (made: TestLan['lan']): void => {
    lan = made;
    throw new Error('changed my mind');
  };
  await expect(openTestLan({ tlsPort: 0 }, stopBeforeStart)).rejects.toThrow('changed my mind');
  lan?.stopAccepting();
  await lan?.shutdownSockets('{}');
  await lan?.close();
  await expect(lan?.start()).rejects.toThrow();
});

describe('an address that can be none', () => {
  it('is refused with a sentence', async () => {
    await expect(openTestLan({ host: '203.0.113.1' })).rejects.toThrow(
      '203.0.113.1 is not an address of this machine.',
    );
    await expect(openTestLan({ trustProxies: ['somewhere'] })).rejects.toThrow('"somewhere"');
  });
});

describe('all interfaces', () => {
  it('is reached and says under which address', async () => {
    const test = await openTestLan({ host: '0.0.0.0', trustProxies: ['127.0.0.1'] });
    open.push(test);
    const reached: unknown[] = [];
    const unsubscribe = test.lan.onReached((arrival) => reached.push(arrival));
    await fetch(`${test.http}/health`);
    await fetch(`${test.http}/join`, { headers: { 'x-forwarded-for': '192.168.7.7' } });
    unsubscribe();
    await fetch(`${test.http}/join`, { headers: { 'x-forwarded-for': '192.168.7.8' } });
    expect(reached).toEqual([{ localAddress: '127.0.0.1', remoteAddress: '192.168.7.7', isTls: false }]);
    expect(test.http).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(test.https).toBeNull();
  });

  it('says when the TLS port lets somebody in, who need not trust the certificate', async () => {
    const test = await openTestLan({ host: '0.0.0.0', tlsPort: 0 });
    open.push(test);
    let count = 0;
    test.lan.onSecurePortReached(() => {
      count += 1;
    });
    const knock = async (localAddress: string): Promise<void> => {
      const socket = connect({ host: '127.0.0.1', port: test.tlsPort ?? 0, localAddress });
      await once(socket, 'connect');
      socket.destroy();
    };
    // Another machine, as far as addresses tell: Linux has all of 127.0.0.0/8.
    await knock('127.0.0.2');
    await knock('127.0.0.1');
    await expect.poll(() => count).toBe(1);
  });
});
