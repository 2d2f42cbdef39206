import { create } from 'zustand';
import type { RequestResult } from '../../../common/contract/requests';
import type { KeyInfo } from '../../../common/model/key';

interface KeyState {
  /** null until asked for, or for a viewer. */
  readonly keys: readonly KeyInfo[] | null;
  /** Who would be cut off by another join key, by name. */
  readonly dependents: readonly string[];
  readonly setList: (list: RequestResult<'key.list'>) => void;
  readonly setKeys: (payload: { readonly keys: readonly KeyInfo[] }) => void;
}

export const useKeyStore = create<KeyState>()((set) => ({
  keys: null,
  dependents: [],
  setList: ({ keys, dependents }) => set({ keys, dependents }),
  setKeys: ({ keys }) => set({ keys }),
}));
