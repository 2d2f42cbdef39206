import { create } from 'zustand';
import type { Backup } from '../../../common/model/backup';

interface BackupStore {
  /** Runs, or was the last since the hub was started; null before the first, or until asked for. */
  readonly backup: Backup | null;
  readonly setBackup: (backup: Backup | null) => void;
}

export const useBackupStore = create<BackupStore>()((set) => ({
  backup: null,
  setBackup: (backup) => set({ backup }),
}));
