import type { ShareQuality } from '../../../stores/share-store';

/** What was counted of a connection at one moment (W3C WebRTC statistics). */
export interface Sample {
  readonly atMs: number;
  readonly framesDecoded: number;
  readonly bytesReceived: number;
  readonly width: number;
  readonly height: number;
  readonly freezes: number;
  /** Of the pair in use; null before there is one. */
  readonly roundTripMs: number | null;
}

/** The parts of RTCInboundRtpStreamStats and RTCIceCandidatePairStats that are read here; each may be missing. */
export interface StatsEntry {
  readonly type: string;
  readonly kind?: string;
  readonly framesDecoded?: number;
  readonly bytesReceived?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly freezeCount?: number;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly currentRoundTripTime?: number;
}

/** Reads a report of `getStats`. Null: there is no video in it yet. */
export function toSample(report: Iterable<StatsEntry>, atMs: number): Sample | null {
  let video: StatsEntry | null = null;
  let roundTripMs: number | null = null;
  for (const entry of report) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'video') video = entry;
    else if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      if (entry.currentRoundTripTime !== undefined) roundTripMs = entry.currentRoundTripTime * 1_000;
    }
  }
  return (
    video && {
      atMs,
      framesDecoded: video.framesDecoded ?? 0,
      bytesReceived: video.bytesReceived ?? 0,
      width: video.frameWidth ?? 0,
      height: video.frameHeight ?? 0,
      freezes: video.freezeCount ?? 0,
      roundTripMs,
    }
  );
}

/** What came between two samples of one connection. */
export function qualityBetween(before: Sample, now: Sample): ShareQuality {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1_000);
  return {
    width: now.width,
    height: now.height,
    framesPerS: Math.round(((now.framesDecoded - before.framesDecoded) / seconds) * 10) / 10,
    kilobitsPerS: Math.round(((now.bytesReceived - before.bytesReceived) * 8) / seconds / 1_000),
    roundTripMs: now.roundTripMs === null ? null : Math.round(now.roundTripMs),
    freezes: now.freezes,
  };
}
