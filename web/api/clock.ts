/** How far the platform's clock stands ahead of the browser's, in milliseconds. */
let ahead = 0;

/** Keeps the platform's clock, as it stood in an answer that has just come. */
export function keepTime(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

/** The moment by the platform's clock: a browser whose clock is wrong still begins with the platform's day. */
export function clock(): Date {
  return new Date(Date.now() + ahead);
}
