import type { DataAck } from '../../common/wire/ingest';
import { isoTime } from './iso-time';

/** Writes the acks of one connection: most of each is the same as of the one before. */
export class AckText {
  readonly #clientId: string;
  #boot: string | null = null;
  #bootJson = '';

  constructor(clientId: string) {
    this.#clientId = JSON.stringify(clientId);
  }

  /** JSON of a {@link DataAck}. @param nowMs hub clock. */
  of(nowMs: number, received: DataAck['received'], boot: string | null, seq: number | null): string {
    const id = received === null ? 'null' : JSON.stringify(received);
    const head = `{"type":"ack","timestamp":"${isoTime(nowMs)}","clientId":${this.#clientId},"received":${id}`;
    return `${head}${boot === null ? '' : this.#memberOf(boot)}${seq === null ? '' : `,"seq":${seq}`}}`;
  }

  #memberOf(boot: string): string {
    if (boot !== this.#boot) {
      this.#boot = boot;
      this.#bootJson = `,"boot":${JSON.stringify(boot)}`;
    }
    return this.#bootJson;
  }
}
