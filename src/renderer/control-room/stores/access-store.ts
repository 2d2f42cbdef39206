import { create } from 'zustand';
import type { AccessState } from '../../../common/model/access';

interface AccessStore {
  /** Null until the hub told; always of a viewer, who does not decide it. */
  readonly access: AccessState | null;
  readonly setAccess: (access: AccessState | null) => void;
}

export const useAccessStore = create<AccessStore>()((set) => ({
  access: null,
  setAccess: (access) => set({ access }),
}));
