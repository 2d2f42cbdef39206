import type { ConsoleRole } from '../../src/common/contract/server';
import { createRpcClient, type RpcClient } from '../../src/common/rpc/client';
import { type Message, WireClient } from '../helpers/wire-client';
import type { ContractHost, ContractLink } from './contract-host';
import { Room } from './room';

/** A phone that said who it is. */
export interface Phone {
  readonly client: WireClient;
  readonly deviceId: string;
  readonly name: string;
  /** Sends one frame; it is stored when this resolves. */
  readonly send: (data: object) => Promise<Message>;
}

/** What a case works with. All it opens is closed when the case ends. */
export class ContractTools {
  readonly host: ContractHost;
  readonly #links: ContractLink[] = [];
  readonly #sockets: WireClient[] = [];
  readonly #closers: Array<() => Promise<unknown>> = [];

  constructor(host: ContractHost) {
    this.host = host;
  }

  /** Opens a control room. */
  async open(role: ConsoleRole = 'operator'): Promise<Room> {
    return new Room(await this.#connect(role));
  }

  /** Opens a control room that has subscribed. */
  async openSubscribed(role: ConsoleRole = 'operator'): Promise<Room> {
    const room = await this.open(role);
    await room.client.request('live.subscribe', {});
    return room;
  }

  /** Opens a connection for what no typed client could ask. */
  async openRaw(role: ConsoleRole = 'operator'): Promise<RpcClient> {
    return createRpcClient((await this.#connect(role)).transport);
  }

  /** Base URL of the plain listener, on this machine. */
  async http(): Promise<string> {
    const { httpPort } = await (await this.open()).client.request('pairing.get', {});
    return `http://127.0.0.1:${httpPort}`;
  }

  /** A socket on `/pocket-parrot` with this key, by default that of the QR code. */
  async socket(key?: string): Promise<WireClient> {
    const { httpPort, joinUrl } = await (await this.open()).client.request('pairing.get', {});
    const joinKey = new URLSearchParams(new URL(joinUrl).hash.slice(1)).get('k');
    const socket = await WireClient.open(`ws://127.0.0.1:${httpPort}/pocket-parrot?key=${key ?? joinKey}`);
    this.#sockets.push(socket);
    return socket;
  }

  async phone(username: string): Promise<Phone> {
    const client = await this.socket();
    const { deviceId } = await client.ask({ type: 'handshake', username });
    const send = (data: object): Promise<Message> => client.ask({ type: 'data', data });
    return { client, deviceId: String(deviceId), name: username, send };
  }

  /** For what else a case opened. */
  closeLater(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  async dispose(): Promise<void> {
    for (const close of this.#closers) await close();
    for (const socket of this.#sockets) await socket.close();
    for (const { transport, dispose } of this.#links) {
      transport.close();
      await dispose();
    }
  }

  async #connect(role: ConsoleRole): Promise<ContractLink> {
    const link = await this.host.connect(role);
    this.#links.push(link);
    return link;
  }
}

/** One promise of the contract, put to the test. Fails by throwing. */
export interface ContractCase {
  readonly name: string;
  readonly run: (tools: ContractTools) => Promise<void>;
}

/** Waits for the refusal of a request. @returns its code and message. @throws when it is granted. */
export async function refusalOf(
  answer: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string }> {
  const outcome = await answer.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`It was granted: ${JSON.stringify(outcome.result)}`);
  const { error } = outcome;
  if (error instanceof Error && 'code' in error) return { code: String(error.code), message: error.message };
  throw error;
}
