import { z } from 'zod';
import type { DoctorCheck } from '../../model/doctor';
import { none, request } from './request';

/** Schema of {@link DoctorCheck}. */
export const doctorCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['ok', 'warning', 'trouble', 'unknown']),
  sentence: z.string(),
  action: z
    .object({ label: z.string(), what: z.enum(['pairing', 'copy', 'again']), text: z.string().nullable() })
    .nullable(),
}) satisfies z.ZodType<DoctorCheck>;

/** What stands between this laptop and the phones. */
export const doctorRequests = {
  /**
   * Runs every check, one after another, in the order of the ladder; each is told by `doctor.progress` on this
   * connection as it ends. Takes some seconds. Changes nothing but a small file that it writes and removes again.
   */
  'doctor.run': request('operate', none, z.object({ checks: z.array(doctorCheckSchema) })),
} as const;
