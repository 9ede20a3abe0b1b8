import type { Words } from '../domain/words.ts';

/** A start that is refused for a reason that can be put right, in words for whoever starts it. */
export interface StartRefused extends Error {
  readonly startRefused: true;
  readonly words: Words;
}

export function isStartRefused(error: unknown): error is StartRefused {
  return error instanceof Error && 'startRefused' in error;
}

export function refuseStart(words: Words): StartRefused {
  return Object.assign(new Error(words.en), { startRefused: true as const, words });
}
