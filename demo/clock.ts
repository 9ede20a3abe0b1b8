import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataFolder: string) => join(dataFolder, 'clock');

/** By how many milliseconds the clock of the demo in this folder is ahead of the real one; 0 where there is no demo. */
export function readLead(dataFolder: string): number {
  return existsSync(fileOf(dataFolder)) ? Number(readFileSync(fileOf(dataFolder), 'utf8')) || 0 : 0;
}

export function writeLead(dataFolder: string, lead: number): void {
  writeFileSync(fileOf(dataFolder), String(lead));
}
