import { percentOf } from '../../domain/records/facts/display.ts';

/** A number with its thousands set apart; its decimals as they are. */
export const grouped = (value: string): string => value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/**
 * A value as people read it: a share of one in percent, anything else with at most four decimals. What is counted and kept
 * stays exact; this is only the look.
 */
export function neat(value: string, share = false): string {
  if (share && /^-?\d+(\.\d+)?$/.test(value)) return percentOf(value);
  return /^-?\d+\.\d{5,}$/.test(value) ? String(Math.round(Number(value) * 10_000) / 10_000) : value;
}
