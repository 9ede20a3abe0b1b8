import type { Finding, Growth } from './measure.ts';

/** One run, as it is written to JSON. */
export interface Report {
  readonly at: string;
  readonly version: string;
  readonly quick: boolean;
  readonly machine: {
    readonly cores: number;
    readonly model: string;
    readonly node: string;
    readonly postgres: string;
  };
  readonly findings: readonly Finding[];
  readonly growth: readonly Growth[];
  readonly failed: readonly { readonly measure: string; readonly message: string }[];
  readonly minutes: number;
}
