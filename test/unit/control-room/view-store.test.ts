import { beforeEach, expect, test } from 'vitest';
import { useLiveStore } from '../../../src/renderer/control-room/stores/live-store';
import { useViewStore } from '../../../src/renderer/control-room/stores/view-store';
import { liveDevice } from './live-device';

const view = () => useViewStore.getState();

/** What another control room did comes as a batch. */
const hears = (devices: ReturnType<typeof liveDevice>[], removed: string[] = []): void =>
  useLiveStore.getState().apply({ devices, removed, mergedFrames: 0, nowMs: 0 });

beforeEach(() => {
  useLiveStore.getState().replaceAll([liveDevice('ann'), liveDevice('lite'), liveDevice('ben')]);
  view().select(null);
});

test('who is selected is merged into somebody: the panel is theirs; taken apart again, it is who was chosen', () => {
  view().select('lite');
  view().follow('lite');
  hears([liveDevice('ann', { merged: ['lite'] })], ['lite']);
  expect([view().selectedId, view().followedId]).toEqual(['ann', 'ann']);
  hears([liveDevice('ben', { frames: 1 })]);
  expect(view().selectedId).toBe('ann');
  hears([liveDevice('ann'), liveDevice('lite')]);
  expect([view().selectedId, view().followedId]).toEqual(['lite', 'lite']);
});

test('the news in two batches, and merges of merged ones', () => {
  view().select('lite');
  hears([], ['lite']);
  expect(view().selectedId).toBe('lite');
  hears([liveDevice('ann', { merged: ['lite'] })]);
  expect(view().selectedId).toBe('ann');
  hears([liveDevice('ben', { merged: ['ann', 'lite'] })], ['ann']);
  expect(view().selectedId).toBe('ben');
});

test('who was chosen since is not left for it, nor is anybody chosen who was not', () => {
  view().select('lite');
  hears([liveDevice('ann', { merged: ['lite'] })], ['lite']);
  view().select('ann');
  hears([liveDevice('ann'), liveDevice('lite')]);
  expect(view().selectedId).toBe('ann');
  view().select(null);
  hears([liveDevice('ann', { merged: ['lite'] })], ['lite']);
  expect([view().selectedId, view().followedId]).toEqual([null, null]);
});
