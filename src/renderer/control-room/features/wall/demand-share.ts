import { mjpegViewer } from './mjpeg/mjpeg-viewer';
import type { Demand } from './viewer/demands';
import { viewer } from './viewer/viewer';

/** What one place shows of a share, whichever way it comes; null: nothing any more. */
export function demandShare(shareId: string, place: string, demand: Demand | null): void {
  (shareId.startsWith('mjpeg:') ? mjpegViewer : viewer).demand(shareId, place, demand);
}
