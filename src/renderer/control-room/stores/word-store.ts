import { create } from 'zustand';
import type { EventPayload } from '../../../common/contract/events';

/** What a person wrote, answered or read. */
export type PersonWord = EventPayload<'message.received'>;

/** Kept of one person: what was said an hour ago is in the log. */
const LIMIT = 20;

interface WordState {
  /** Of this page load, newest first, by device. */
  readonly words: ReadonlyMap<string, readonly PersonWord[]>;
  readonly hear: (word: PersonWord) => void;
}

export const useWordStore = create<WordState>()((set) => ({
  words: new Map(),
  hear: (word) =>
    set(({ words }) => ({
      words: new Map(words).set(word.deviceId, [word, ...(words.get(word.deviceId) ?? [])].slice(0, LIMIT)),
    })),
}));
