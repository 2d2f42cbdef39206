import type { Session } from '../../../../common/model/session';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { useExportStore } from '../../stores/export-store';
import { sessionTitle, useSessionStore } from '../../stores/session-store';

export async function loadSessions(): Promise<void> {
  const { sessions } = await askHub('session.list', {});
  useSessionStore.getState().setAll(sessions);
}

export async function renameSession(sessionId: string, name: string): Promise<void> {
  const { session } = await askHub('session.rename', { sessionId, name });
  useSessionStore.getState().put(session);
}

/** Ends the current session, begins one of that name. The list is asked for anew: the old one has an end now. */
export async function startSession(name: string): Promise<void> {
  await askHub('session.start', { name });
  await loadSessions();
}

/** Ends the current session, begins an unnamed one. */
export async function stopSession(): Promise<void> {
  await askHub('session.stop', {});
  await loadSessions();
}

/** Exports a session as CSV: through the host's save dialog where there is one, else as a download. */
export async function exportSession(session: Session): Promise<void> {
  const { hello } = useConnectionStore.getState();
  const hasDialog = hello?.capabilities.includes('native.saveDialog') ?? false;
  const started = await askHub('export.start', {
    sessionId: session.sessionId,
    format: 'csv',
    to: hasDialog ? 'dialog' : 'download',
  });
  if (started.outcome === 'cancelled') return;
  useExportStore.getState().begin({
    exportId: started.exportId,
    sessionId: session.sessionId,
    title: sessionTitle(session),
  });
  if (started.outcome === 'download') download(started.path, started.fileName);
}

function download(path: string, fileName: string): void {
  const anchor = document.createElement('a');
  anchor.href = path;
  anchor.download = fileName;
  anchor.hidden = true;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}
