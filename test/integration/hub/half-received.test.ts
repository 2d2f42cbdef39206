import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { LIMITS } from '../../../src/common/wire/limits';
import { startHubProcess } from '../../helpers/hub-process';
import { frameHead, openRaw } from '../../helpers/raw-socket';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const MIB = 1024 * 1024;
const SOCKETS = 170;
const HALF = 7 * MIB;
/** The budget, what comes between two looks, what V8 has not given back yet, and the hub itself: far less than is sent. */
const BOUND = 800 * MIB;

/** The most memory the process ever had, bytes (proc(5)). */
const peakOf = (pid: number): number =>
  1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

test.runIf(process.platform === 'linux')(
  'hundreds of sockets with 7 MiB of a message each: closed, memory stays bounded, an honest phone is acked all the while',
  async () => {
    expect(SOCKETS * HALF).toBeGreaterThan(1.4 * BOUND);
    const dataDir = temporaryFolder();
    onTestFinished(() => removeFolder(dataDir));
    const hub = await startHubProcess(dataDir, ['--no-tls']);
    onTestFinished(async () => void (await hub.stop()));
    const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`;
    const phone = await WireClient.open(url);
    await phone.ask({ type: 'handshake', deviceId: 'honest' });

    const start = Buffer.concat([frameHead(0x81, LIMITS.messageBytes), Buffer.alloc(HALF, 'x')]);
    const closed: (number | null)[] = [];
    for (let seq = 1; seq <= SOCKETS; seq += 1) {
      const hostile = await openRaw(url);
      onTestFinished(() => hostile.end());
      void hostile.closed.then((code) => closed.push(code));
      await hostile.write(start);
      if (seq % 10 > 0) continue;
      const ack = await phone.ask({ type: 'data', boot: 'b', seq, data: { text: `frame ${seq}` } });
      expect(ack).toMatchObject({ type: 'ack', seq });
    }
    // All but what the budget has room for.
    const most = SOCKETS - Math.ceil(LIMITS.unfinishedBytes / HALF);
    await expect.poll(() => closed.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(most);
    expect(closed.filter((code) => code === 1013).length).toBeGreaterThanOrEqual(most);
    expect(peakOf(hub.ready.pid)).toBeLessThan(BOUND);
    await phone.close();
  },
);
