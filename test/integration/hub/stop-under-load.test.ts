import { expect, test } from 'vitest';
import { runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

test('SIGTERM while phones send: goodbye to all with 1001, exit 0 in time, everything acked is stored', async () => {
  const dataDir = temporaryFolder();
  const hub = await startHubProcess(dataDir, ['--rate-limit', '100000/s']);
  const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`;
  const phones = await Promise.all(
    Array.from({ length: 50 }, async (_, number) => {
      const phone = await WireClient.open(url);
      await phone.ask({ type: 'handshake', deviceId: `p${number}` });
      return phone;
    }),
  );
  // Each sends the next frames without waiting for acks, until it is told to go.
  const sending = phones.map(async (phone) => {
    for (let seq = 1; phone.socket.readyState === phone.socket.OPEN; seq += 1) {
      phone.send({ type: 'data', boot: 'b', seq, data: { text: 'x'.repeat(500) } });
      if (seq % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  });
  await Promise.all(phones.map((phone) => phone.until(() => phone.received.length > 20)));
  // 0 only within the 5 s that are promised: later the hub gives itself up with 1.
  expect(await hub.stop('SIGTERM')).toBe(0);
  await Promise.all(sending);
  const closed = await Promise.all(phones.map((phone) => phone.closed));
  expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([1001]));
  for (const { received } of phones) expect(received.at(-1)).toEqual({ type: 'server_shutdown' });

  const acked = phones.reduce((sum, { received }) => sum + received.filter(({ type }) => type === 'ack').length, 0);
  const rows =
    runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout.split('\r\n').length - 2;
  expect(acked).toBeGreaterThan(0);
  expect(rows).toBeGreaterThanOrEqual(acked);
  removeFolder(dataDir);
});
