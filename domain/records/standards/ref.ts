import { z } from 'zod';

export const standardId = z.string().regex(/^[^\s,"'/\\]{1,64}$/u);
export const standardVersion = z.string().trim().min(1).max(50);

/**
 * Which version of a standard something was judged by. Apart from the contract, whose import brings the whole language of
 * standards along: the console's first load names standards, and reads none.
 */
export const standardRef = z.object({ id: standardId, version: standardVersion });
export type StandardRef = z.infer<typeof standardRef>;
