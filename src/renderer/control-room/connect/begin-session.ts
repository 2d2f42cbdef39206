import { createHubClient, type HubClient } from '../../../common/contract/client';
import { CONTRACT_VERSION } from '../../../common/contract/version';
import type { Transport } from '../../../common/rpc/transport';
import { attachShares } from '../features/wall/attach-shares';
import { useAccessStore } from '../stores/access-store';
import { useAlertStore } from '../stores/alert-store';
import { useBackupStore } from '../stores/backup-store';
import { useClockStore } from '../stores/clock-store';
import { useConnectionStore } from '../stores/connection-store';
import { useDoctorStore } from '../stores/doctor-store';
import { useDrillStore } from '../stores/drill-store';
import { useExportStore } from '../stores/export-store';
import { useKeyStore } from '../stores/key-store';
import { useLiveStore } from '../stores/live-store';
import { usePairingStore } from '../stores/pairing-store';
import { useSessionStore } from '../stores/session-store';
import { trails } from '../stores/trails';
import { useWordStore } from '../stores/word-store';
import { IncompatibleError } from './hub-link';

/**
 * Runs the contract on a fresh transport: says hello, subscribes, and replaces all state with the hub's. From then on
 * the stores follow the hub's events until the transport closes.
 * @throws IncompatibleError when the hub speaks another version of the contract.
 */
export async function beginSession(transport: Transport): Promise<void> {
  const client = createHubClient(transport);
  const hello = await sayHello(client);
  if (hello.contractVersion !== CONTRACT_VERSION) throw new IncompatibleError(hello.contractVersion, CONTRACT_VERSION);
  const release = followEvents(client);
  const { session, devices, alerts } = await client.request('live.subscribe', {});
  trails.clear();
  useSessionStore.getState().setCurrent(session);
  useAlertStore.getState().replaceAll(alerts);
  // Asked for anew by whoever shows it.
  useAccessStore.getState().setAccess(null);
  useLiveStore.getState().replaceAll(devices);
  for (const device of devices) trails.append(device);
  release();
  useConnectionStore.setState({ client, hello });
  // Shares are beside the point of a session: without them the rest works.
  attachShares(client).catch((error: unknown) => console.warn('Shared screens are not to be had.', error));
}

/** Asks the hub for its clock and version; also proof that the link is alive. */
export async function sayHello(client: HubClient): ReturnType<typeof client.request<'hub.hello'>> {
  const startMs = performance.now();
  const hello = await client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
  useConnectionStore.setState({ roundTripMs: performance.now() - startMs });
  useClockStore.getState().sync(hello.nowMs);
  useClockStore.getState().tick();
  return hello;
}

/**
 * Lets the stores follow the hub. Events that arrive before the state they build on is in place wait until the
 * returned function is called.
 */
function followEvents(client: HubClient): () => void {
  let waiting: Array<() => void> | null = [];
  const inOrder =
    <T>(apply: (payload: T) => void) =>
    (payload: T): void => {
      if (waiting) waiting.push(() => apply(payload));
      else apply(payload);
    };
  client.on(
    'live.batch',
    inOrder((batch) => {
      useClockStore.getState().sync(batch.nowMs);
      for (const device of batch.devices) trails.append(device);
      useLiveStore.getState().apply(batch);
    }),
  );
  client.on(
    'session.changed',
    inOrder(({ session }) => {
      const before = useSessionStore.getState().current;
      if (before && before.sessionId !== session.sessionId) trails.clear();
      useSessionStore.getState().setCurrent(session);
    }),
  );
  client.on('alert.raised', inOrder(useAlertStore.getState().raise));
  client.on('alert.acknowledged', inOrder(useAlertStore.getState().raise));
  client.on(
    'alert.cleared',
    inOrder(({ id }) => useAlertStore.getState().clear(id)),
  );
  client.on('access.changed', inOrder(useAccessStore.getState().setAccess));
  client.on('pairing.changed', inOrder(usePairingStore.getState().setPairing));
  client.on('key.changed', inOrder(useKeyStore.getState().setKeys));
  client.on('message.received', inOrder(useWordStore.getState().hear));
  client.on('doctor.progress', useDoctorStore.getState().add);
  client.on('backup.progress', inOrder(useBackupStore.getState().setBackup));
  client.on('drill.progress', inOrder(useDrillStore.getState().setDrill));
  client.on('export.progress', inOrder(useExportStore.getState().progress));
  return () => {
    const ready = waiting ?? [];
    waiting = null;
    for (const apply of ready) apply();
  };
}
