// (b) The usual server: parses each message and acks it. Nothing is checked, nothing is stored.
import { listen } from './listen.ts';

interface Message {
  readonly type: string;
  readonly deviceId?: string;
  readonly boot?: string;
  readonly seq?: number;
  readonly data?: { readonly id?: string | number };
}

listen((socket) => {
  let clientId = 'nobody';
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as Message;
    const timestamp = new Date().toISOString();
    if (message.type === 'handshake') {
      clientId = message.deviceId ?? clientId;
      socket.send(JSON.stringify({ type: 'welcome', clientId, serverTime: timestamp }));
      return;
    }
    const { boot, seq, data: frame } = message;
    socket.send(JSON.stringify({ type: 'ack', timestamp, received: frame?.id ?? null, clientId, boot, seq }));
  });
});
