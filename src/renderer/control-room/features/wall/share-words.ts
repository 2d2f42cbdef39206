import { formatAge } from '../../format/time';
import type { ShareQuality, ShareView } from '../../stores/share-store';

/** What a share is called where its phone is not known. */
export function nameOf(share: Pick<ShareView, 'peerName' | 'source' | 'shareId'>): string {
  if (share.peerName !== null) return share.peerName;
  return share.source === 'whip' ? `WHIP sender ${share.shareId.slice(-4)}` : `Web page ${share.shareId.slice(-4)}`;
}

/** How it is, in a word or two. @param nowMs this machine's clock */
export function healthWords(
  share: Pick<ShareView, 'health' | 'path' | 'lastFrameAtMs' | 'source' | 'beganAtMs'>,
  nowMs: number,
): string {
  const age = share.lastFrameAtMs === null ? '' : ` ${formatAge(Math.max(0, nowMs - share.lastFrameAtMs))}`;
  switch (share.health) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return `${share.path === 'snapshots' && share.source !== 'mjpeg' ? 'snapshots' : 'live'} ${runTime(share, nowMs)}`;
    case 'frozen':
      return age === '' ? 'no picture' : `frozen${age}`;
    case 'paused':
      return 'paused';
    case 'lost':
      return `out of reach${age}`;
    case 'locked':
      return 'locked';
  }
}

/** How long it has been shared. */
const runTime = ({ beganAtMs }: Pick<ShareView, 'beganAtMs'>, nowMs: number): string =>
  formatAge(Math.max(0, nowMs - beganAtMs));

/** Which way its pictures come. */
export function pathWords(share: Pick<ShareView, 'path' | 'source'>): string | null {
  if (share.path === null) return null;
  if (share.path === 'snapshots')
    return share.source === 'mjpeg' ? 'pictures' : 'no video path: pictures through the hub';
  return 'direct';
}

/** The figures, shortest first: a narrow tile shows as many as fit. */
export function qualityWords(quality: ShareQuality): readonly string[] {
  const { width, height, framesPerS, kilobitsPerS, roundTripMs, freezes } = quality;
  return [
    `${width}×${height}`,
    `${Math.round(framesPerS)} fps`,
    kilobitsPerS >= 1_000 ? `${(kilobitsPerS / 1_000).toFixed(1)} Mbit/s` : `${kilobitsPerS} kbit/s`,
    ...(roundTripMs === null ? [] : [`${roundTripMs} ms`]),
    ...(freezes === 0 ? [] : [`${freezes} ${freezes === 1 ? 'freeze' : 'freezes'}`]),
  ];
}
