/** A command that cannot go on because of what it was given: exit code 2, the words and no stack trace. */
export interface Refused extends Error {
  readonly refused: true;
}

export function refused(message: string): Refused {
  return Object.assign(new Error(message), { refused: true as const });
}

export function isRefused(error: unknown): error is Refused {
  return error instanceof Error && 'refused' in error;
}
