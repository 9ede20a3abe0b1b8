/** The calendar day in China at a moment; days in the records are days there, wherever the server stands. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function yearOf(moment: Date): number {
  return Number(dayOf(moment).slice(0, 4));
}
