import { z } from 'zod';

// Parts of the address that pages read. A part that makes no sense is left out instead of breaking the page.
export const number = z.coerce.number().int().positive().optional().catch(undefined);
export const offset = z.coerce.number().int().min(0).optional().catch(undefined);
/** A year typed into the address arrives as a number. */
export const words = z
  .union([z.string().max(100), z.number().transform(String)])
  .optional()
  .catch(undefined);
export const flag = z.boolean().optional().catch(undefined);
