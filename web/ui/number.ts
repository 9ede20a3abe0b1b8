/** A value as people read it: at most four decimals. What is counted and kept stays exact; this is only the look. */
export function neat(value: string): string {
  return /^-?\d+\.\d{5,}$/.test(value) ? String(Math.round(Number(value) * 10_000) / 10_000) : value;
}
