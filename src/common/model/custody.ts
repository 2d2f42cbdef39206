import type { SeqRange } from './delivery';
import type { Session } from './session';

/** What came of every frame of one device in one session. Everything counted is durable. */
export interface Custody {
  readonly deviceId: string;
  /** Devices that were merged into it and are counted here. Often none. */
  readonly merged: readonly string[];
  readonly name: string;
  /** As the phone last reported while the session was current, less what it had counted before; null when it did not. */
  readonly captured: number | null;
  /** Frames that came in: stored, duplicate and refused. */
  readonly received: number;
  readonly stored: number;
  /** Came again; stored once. */
  readonly duplicate: number;
  /** Frames, by code of the refusal (docs/wire-protocol.md, section 3). */
  readonly refused: Readonly<Record<string, number>>;
  /** Messages that were no frames, or none that could be told, by code: in no other count. */
  readonly refusedMessages: Readonly<Record<string, number>>;
  /** Were stored, and erased on request. */
  readonly erased: number;
  /** Given up by the phone, as it said. */
  readonly dropped: number;
  /** Stored later than {@link LATE_AFTER_MS} after they were captured. */
  readonly late: number;
  /** Numbers of a boot that never came, between the first and the last that did. */
  readonly missing: number;
  /**
   * Numbers of a boot below the first one that came, in the session in which the phone first used it: lost, or counted for
   * another hub. Nobody can tell, so they are not called missing.
   */
  readonly beforeFirst: number;
  /** Of what is missing: where, oldest first, at most 1000 ranges. */
  readonly holes: ReadonlyArray<{ readonly boot: string; readonly ranges: readonly SeqRange[] }>;
  /** Of frames and their media. */
  readonly bytes: number;
  /** Hub clock at the first and the last stored frame; null without one. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  /** From capture to receipt, ms; null when no time of the phone could be meant. p50 and p95 are over by 12.5 % at most. */
  readonly delay: { readonly p50Ms: number; readonly p95Ms: number; readonly maxMs: number } | null;
}

/** A frame that took longer from sensor to hub is late: by then nobody steers a person by it. */
export const LATE_AFTER_MS = 10_000;

/** What is otherwise than a certificate says, since it was issued: an erasure, another name, a hole that was filled. */
export interface CertificateAmendment {
  /** When it was found to be so. */
  readonly atMs: number;
  /** What the session is called now; null: as before. */
  readonly sessionName: string | null;
  /** Those that differ, as they are now. */
  readonly devices: readonly Custody[];
}

/** What a hub vouches for: everything that came of a session. Issued when the session is stopped, and kept as it is. */
export interface CustodyCertificate {
  readonly kind: 'perch-custody-certificate';
  readonly version: 1;
  readonly hubId: string;
  readonly hubVersion: string;
  readonly issuedAtMs: number;
  /** False while the session goes on: the counts are those of this moment. */
  readonly isFinal: boolean;
  readonly lateAfterMs: number;
  readonly session: Session;
  /** By device id. */
  readonly devices: readonly Custody[];
  /** Hashes of certificates that it stands for, oldest first: a person in them was erased since, and their name with them. */
  readonly standsFor?: readonly string[];
  /** SHA-256, lower-case hex, of the canonical JSON (RFC 8785) of all the rest but the amendment. */
  readonly sha256: string;
  /** Beside the certificate; absent: nothing has changed. */
  readonly amendment?: CertificateAmendment;
}
