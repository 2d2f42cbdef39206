import type { FrameSource, JsonObject } from '../../../common/model/frame';

/** What a native app sent, as far as its adapter looks at it. */
export interface AppRequest {
  /** Of the query and, after it, of a form body; the hub's own `key` and `token` are not among them. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** The body when it is JSON, else undefined. */
  readonly json: unknown;
  /** A header by its lower-case name; null when not sent. */
  header(name: string): string | null;
}

/** What an adapter made of a request. */
export interface AppMessage {
  /** What tells the phone from others of the same app; null when the app did not say. */
  readonly id: string | null;
  /** What its owner calls it, for the eye; null when the app says nothing that reads as a name. */
  readonly name: string | null;
  /**
   * As docs/wire-protocol.md, section 4, has them, not checked yet: the frame parser does that, one by one. Empty when
   * there is nothing to store, which is no fault.
   */
  readonly frames: readonly JsonObject[];
}

/** A native app: where it sends to, how its requests are read, what it is told once they are stored. */
export interface App {
  readonly source: FrameSource;
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** What the app waits for; null: an empty 200. */
  readonly answer: unknown;
  /**
   * Members of `data[source]` that differ each time the same item is sent: not part of what tells a repeat.
   */
  readonly changing: readonly string[];
  /** Pure. @throws ProtocolError with a sentence for what is no message of that app. */
  read(request: AppRequest): AppMessage;
}
