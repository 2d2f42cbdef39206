import {
  type Icon,
  IconDatabaseCog,
  IconDeviceMobileCog,
  IconGauge,
  IconId,
  IconKey,
  IconListDetails,
  IconMovie,
  IconPrinter,
  IconStethoscope,
  IconUserCheck,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';

/** The parts of the menu, in their order, each with its heading. */
export const TOOL_GROUPS = {
  people: 'People and access',
  session: 'Session and storage',
  laptop: 'This laptop',
} as const;

export type ToolGroup = keyof typeof TOOL_GROUPS;

/** Something the operator does now and then, in a dialog of its own, opened from the Tools menu. */
export interface Tool {
  /** Opens it, see `useViewStore().open`. */
  readonly name: string;
  readonly label: string;
  readonly group: ToolGroup;
  readonly Icon: Icon;
  /** What a viewer may not see is not offered to one. */
  readonly isForOperator: boolean;
  /** The dialog: shown while its name is the open one. Loaded when it is first opened. */
  readonly Dialog: ComponentType<{ readonly onClose: () => void }>;
}

/** All tools, each group in the order of the menu. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'access',
    label: 'Who gets in',
    group: 'people',
    Icon: IconUserCheck,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../access/access-dialog')).AccessDialog })),
  },
  {
    name: 'keys',
    label: 'Keys and links',
    group: 'people',
    Icon: IconKey,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../keys/keys-dialog')).KeysDialog })),
  },
  {
    name: 'badges',
    label: 'Personal badges',
    group: 'people',
    Icon: IconId,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../badges/badges-dialog')).BadgesDialog })),
  },
  {
    name: 'poster',
    label: 'Poster',
    group: 'people',
    Icon: IconPrinter,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../poster/poster-dialog')).PosterDialog })),
  },
  {
    name: 'profile',
    label: 'What phones send',
    group: 'people',
    Icon: IconDeviceMobileCog,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../profile/profile-dialog')).ProfileDialog })),
  },
  {
    name: 'recordings',
    label: 'Recordings',
    group: 'session',
    Icon: IconMovie,
    isForOperator: false,
    Dialog: lazy(async () => ({ default: (await import('../recordings/recordings-dialog')).CurrentRecordingsDialog })),
  },
  {
    name: 'storage',
    label: 'Storage',
    group: 'session',
    Icon: IconDatabaseCog,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../storage/storage-dialog')).StorageDialog })),
  },
  {
    name: 'audit',
    label: 'Audit log',
    group: 'session',
    Icon: IconListDetails,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../audit/audit-dialog')).AuditDialog })),
  },
  {
    name: 'doctor',
    label: 'Doctor',
    group: 'laptop',
    Icon: IconStethoscope,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../doctor/doctor-dialog')).DoctorDialog })),
  },
  {
    name: 'drill',
    label: 'Drill',
    group: 'laptop',
    Icon: IconGauge,
    isForOperator: true,
    Dialog: lazy(async () => ({ default: (await import('../drill/drill-dialog')).DrillDialog })),
  },
];
