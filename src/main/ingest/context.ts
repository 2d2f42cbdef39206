import type { Admission, DeviceDirectory, FrameSink, IngestObserver } from './ports';
import type { RateLimiter } from './rate-limiter';

/** What a welcome says of the hub. */
export interface HubPlace {
  readonly hubId: string;
  sessionId(): string;
  /** IP addresses of the laptop, best first. */
  addresses(): readonly string[];
}

/** A connection that another may take the place of. */
export interface Endable {
  /** Takes no more messages, answers those it has, then closes. */
  end(code: number, reason: string): Promise<void>;
}

/** What every connection shares. */
export interface IngestContext {
  readonly directory: DeviceDirectory;
  readonly sink: FrameSink;
  readonly observer: IngestObserver;
  readonly clock: { now(): number };
  readonly place: HubPlace;
  readonly frameLimiter: RateLimiter;
  readonly byteLimiter: RateLimiter;
  /** Closes the socket that this device had open before. */
  replacePrevious(connection: Endable, admission: Admission): void;
  /** Called after each frame handed to the log: pauses sockets while the disk is behind. */
  afterSubmit(): void;
  /** Told of what is our fault, never the phone's. */
  onBug(error: unknown): void;
}
