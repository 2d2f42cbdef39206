import { z } from 'zod';

/**
 * Who may ask: `view` needs a viewer or admin key, `operate` an admin key. Over Electron IPC the window is the
 * operator.
 */
type RequestAccess = 'view' | 'operate';

/** One entry of the table: who may ask, what it takes, what it answers. */
export const request = <P extends z.ZodType, R extends z.ZodType>(access: RequestAccess, params: P, result: R) => ({
  access,
  params,
  result,
});

/** No parameters, or nothing to answer. */
export const none = z.object({});
