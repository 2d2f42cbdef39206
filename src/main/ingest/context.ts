import type { PhoneLines } from './phone-lines';
import type { DeviceDirectory, FrameSink, IngestObserver } from './ports';
import type { RateLimiter } from './rate-limiter';
import type { Replacements } from './replacements';

/** What a welcome says of the hub. */
export interface HubPlace {
  readonly hubId: string;
  sessionId(): string;
  /** Where phones may find the hub, best first. @param cameBy the address of ours this phone reached; null: not known */
  addresses(cameBy: string | null): readonly string[];
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
  readonly lines: PhoneLines;
  /** Null where nothing is replaced: requests come and go. */
  readonly replacements: Replacements | null;
  /** Called after each frame handed to the log: pauses sockets while the disk is behind. */
  afterSubmit(): void;
  /** Told of what is our fault, never the phone's. */
  onBug(error: unknown): void;
}
