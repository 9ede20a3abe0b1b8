import { createHash } from 'node:crypto';

/** SM3 of a text, as hexadecimal digits: what the paper's code is compared with. */
export const sm3Text = (text: string) => createHash('sm3').update(text).digest('hex');
