import type { HubClient } from '../../../../common/contract/client';
import { useConnectionStore } from '../../stores/connection-store';
import { useRecordingStore } from '../../stores/recording-store';
import { useSessionStore } from '../../stores/session-store';
import { mjpegViewer } from './mjpeg/mjpeg-viewer';
import { viewer } from './viewer/viewer';

// Pictures that the hub pulls end with the link to it; those of phones do not.
useConnectionStore.subscribe(({ client }, before) => {
  if (client === null && before.client !== null) mjpegViewer.detach();
});

/** Shares over a fresh link to the hub: those offered, those it pulls, and what is recorded. */
export async function attachShares(client: HubClient): Promise<void> {
  client.on('recording.changed', useRecordingStore.getState().follow);
  await Promise.all([viewer.attach(client), mjpegViewer.attach(client), learnRunning(client)]);
}

/** What other control rooms record already. */
async function learnRunning(client: HubClient): Promise<void> {
  const { current } = useSessionStore.getState();
  if (!current) return;
  const { recordings } = await client.request('recording.list', { sessionId: current.sessionId });
  useRecordingStore.getState().setRunning(recordings);
}
