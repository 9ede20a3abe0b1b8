import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataFolder: string) => join(dataFolder, 'clock');

/** By how many milliseconds the clock of the demo in this folder is ahead of the real one (or behind it, below 0); 0 where there is no demo. */
export function readLead(dataFolder: string): number {
  return existsSync(fileOf(dataFolder)) ? Number(readFileSync(fileOf(dataFolder), 'utf8')) || 0 : 0;
}

/** The Monday after the last record of the story: what is under way there is neither long overdue nor still to come. */
const begins = '2026-11-02T09:00:00+08:00';

/** Sets the clock of a demo that is about to be loaded to where its story stands, whenever that is done. */
export function setOut(dataFolder: string): void {
  if (!existsSync(join(dataFolder, 'database'))) writeLead(dataFolder, Date.parse(begins) - Date.now());
}

export function writeLead(dataFolder: string, lead: number): void {
  writeFileSync(fileOf(dataFolder), String(lead));
}
