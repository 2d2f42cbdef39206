import { useViewStore } from '../../stores/view-store';
import { useWallStore } from './wall-store';

/** From a person to what they share: large, beside the map where that is in view. */
export function showShare(shareId: string): void {
  useWallStore.getState().focus(shareId);
  const view = useViewStore.getState();
  if (view.middle === 'map') view.show('both');
}
