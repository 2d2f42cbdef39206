import { create } from 'zustand';
import type { Session } from '../../../common/model/session';

interface SessionState {
  /** The one being recorded; null until the hub said. */
  readonly current: Session | null;
  /** All, newest first; null until asked for. */
  readonly all: readonly Session[] | null;
  readonly setCurrent: (session: Session) => void;
  readonly setAll: (sessions: readonly Session[]) => void;
  /** Puts in one session that changed. */
  readonly put: (session: Session) => void;
}

export const useSessionStore = create<SessionState>()((set) => ({
  current: null,
  all: null,
  setCurrent: (current) => set((state) => ({ current, all: state.all && putSession(state.all, current) })),
  setAll: (all) => set({ all }),
  put: (session) =>
    set((state) => ({
      current: state.current?.sessionId === session.sessionId ? session : state.current,
      all: state.all && putSession(state.all, session),
    })),
}));

/** Replaces the session of that id, or puts a new one on top: the list is newest first. */
export function putSession(sessions: readonly Session[], session: Session): readonly Session[] {
  return sessions.some((known) => known.sessionId === session.sessionId)
    ? sessions.map((known) => (known.sessionId === session.sessionId ? session : known))
    : [session, ...sessions];
}

/** What to call a session on the screen. */
export function sessionTitle(session: Pick<Session, 'name'>): string {
  return session.name === '' ? 'Unnamed session' : session.name;
}
