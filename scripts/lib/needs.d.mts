/** Path of a Chromium on this machine. */
export function findChromium(): string | undefined;
