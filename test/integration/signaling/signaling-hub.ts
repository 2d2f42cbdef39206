import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Message, WireClient } from '../../helpers/wire-client';

/** A client of `/signaling`, past its `connected`. */
export interface SignalingClient extends AsyncDisposable {
  readonly client: WireClient;
  readonly peerId: string;
  readonly connected: Message;
  send(message: unknown): void;
  /** The next message not taken yet. */
  next(): Promise<Message>;
  /** Everything that came up to now and was not taken: what was sent before it has an answer by then. */
  rest(): Promise<readonly Message[]>;
}

/** The built hub and what opens clients on it. */
export interface SignalingHub {
  readonly hub: HubProcess;
  /** `ws://` or `wss://` address of the endpoint, without a key. */
  url(isTls?: boolean): string;
  /** Opens a client; by default with the key of the QR code. */
  open(key?: string | null, path?: string): Promise<SignalingClient>;
  /** A phone's own key. */
  deviceKey(deviceId: string): Promise<{ readonly key: string; readonly deviceId: string }>;
  stop(): Promise<void>;
}

export async function startSignalingHub(args: readonly string[] = []): Promise<SignalingHub> {
  const dataDir = temporaryFolder();
  const hub = await startHubProcess(dataDir, args);
  const base = (isTls: boolean): string => ((isTls ? hub.ready.https : hub.ready.http) ?? '').replace('http', 'ws');
  const url = (isTls = false): string => `${base(isTls)}/signaling`;
  return {
    hub,
    url,
    open: async (key = hub.ready.joinKey) => {
      const client = await WireClient.open(key === null ? url() : `${url()}?key=${key}`);
      return toClient(client);
    },
    deviceKey: async (deviceId) => {
      const phone = await WireClient.open(`${base(false)}/pocket-parrot?key=${hub.ready.joinKey}`);
      const welcome = await phone.ask({ type: 'handshake', deviceId, pair: true });
      await phone.ask({ type: 'data', data: {} });
      await phone.close();
      return { key: String(welcome.deviceKey), deviceId: String(welcome.deviceId) };
    },
    stop: async () => {
      await hub.stop();
      removeFolder(dataDir);
    },
  };
}

/** Takes the `connected` of a socket that just opened. */
export async function toClient(client: WireClient): Promise<SignalingClient> {
  const connected = await client.next();
  const peerId = String(connected.peerId);
  return {
    client,
    peerId,
    connected,
    send: (message) => client.send(message),
    next: () => client.next(),
    rest: async () => {
      const mark = `mark ${Math.random()}`;
      client.send({ type: 'mark', to: mark });
      const found: Message[] = [];
      for (;;) {
        const message = await client.next();
        if (message.code === 'unknown_peer' && message.to === mark) return found;
        found.push(message);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await client.close();
    },
  };
}
