import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findPortHolder, listeningInodes, parseLsof, parseNetstat } from '../../../src/main/lan/port-holder';

const PROC_NET_TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0000000000000000 20 4 30 10 -1
   2: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4244 1 0000000000000000 100 0 0 10 0
`;

const NETSTAT = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    192.168.1.5:8080       192.168.1.9:50000      HERGESTELLT      11
  TCP    0.0.0.0:80             0.0.0.0:0              ABHÖREN          12
  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN          4711
`;

describe('who holds a port', () => {
  it('reads listening sockets only from /proc/net/tcp', () => {
    expect(listeningInodes(PROC_NET_TCP, 8080)).toEqual(['4242']);
    expect(listeningInodes(PROC_NET_TCP, 9000)).toEqual([]);
  });

  it('reads lsof', () => {
    expect(parseLsof('p812\ncnginx\nf6\n')).toBe('nginx (pid 812)');
    expect(parseLsof('')).toBeNull();
  });

  it('reads netstat of a translated Windows', () => {
    expect(parseNetstat(NETSTAT, 8080)).toBe('4711');
    expect(parseNetstat(NETSTAT, 8443)).toBeNull();
  });

  it('finds this process, and nobody on a free port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const holder = await findPortHolder(port);
    await new Promise((resolve) => server.close(resolve));
    expect(holder).toContain(`${process.pid}`);
    expect(await findPortHolder(port)).toBeNull();
    expect(await findPortHolder(port, 'aix')).toBeNull();
  });
});
