import {
  type Icon,
  IconDatabaseCog,
  IconDeviceMobileCog,
  IconGauge,
  IconId,
  IconKey,
  IconListDetails,
  IconPrinter,
  IconStethoscope,
  IconUserCheck,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';

/** Something the operator does now and then, in a dialog of its own, opened from the Tools menu. */
export interface Tool {
  /** Opens it, see `useViewStore().open`. */
  readonly name: string;
  readonly label: string;
  readonly Icon: Icon;
  /** What a viewer may not see is not offered to one. */
  readonly isForOperator: boolean;
  /** The dialog: shown while its name is the open one. Loaded when it is first opened. */
  readonly Dialog: ComponentType<{ readonly onClose: () => void }>;
}

/** All tools, in the order of the menu. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'keys',
    label: 'Keys and links',
    Icon: IconKey,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../keys/keys-dialog')).KeysDialog })),
  },
  {
    name: 'badges',
    label: 'Personal badges',
    Icon: IconId,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../badges/badges-dialog')).BadgesDialog })),
  },
  {
    name: 'poster',
    label: 'Poster',
    Icon: IconPrinter,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../poster/poster-dialog')).PosterDialog })),
  },
  {
    name: 'profile',
    label: 'What phones send',
    Icon: IconDeviceMobileCog,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../profile/profile-dialog')).ProfileDialog })),
  },
  {
    name: 'access',
    label: 'Who gets in',
    Icon: IconUserCheck,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../access/access-dialog')).AccessDialog })),
  },
  {
    name: 'doctor',
    label: 'Doctor',
    Icon: IconStethoscope,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../doctor/doctor-dialog')).DoctorDialog })),
  },
  {
    name: 'storage',
    label: 'Storage',
    Icon: IconDatabaseCog,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../storage/storage-dialog')).StorageDialog })),
  },
  {
    name: 'drill',
    label: 'Drill',
    Icon: IconGauge,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../drill/drill-dialog')).DrillDialog })),
  },
  {
    name: 'audit',
    label: 'Audit log',
    Icon: IconListDetails,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../audit/audit-dialog')).AuditDialog })),
  },
];
