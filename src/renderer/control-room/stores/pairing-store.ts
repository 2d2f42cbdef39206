import { create } from 'zustand';
import type { Pairing } from '../../../common/contract/schemas';

interface PairingState {
  /** What the QR holds; null until asked for, or for a viewer. */
  readonly pairing: Pairing | null;
  readonly setPairing: (pairing: Pairing) => void;
}

export const usePairingStore = create<PairingState>()((set) => ({
  pairing: null,
  setPairing: (pairing) => set({ pairing }),
}));
