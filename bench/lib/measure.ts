import type { BarName } from '../bars.ts';

/** One figure that came out. */
export interface Finding {
  readonly bar: BarName;
  readonly value: number;
  readonly note?: string;
}

/** How one figure grows with the size of what it is measured on. */
export interface Growth {
  readonly what: string;
  readonly unit: string;
  /** Size → value, smallest size first. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Outcome {
  readonly findings?: readonly Finding[];
  readonly growth?: readonly Growth[];
}

/** What a measure runs in. */
export interface Bench {
  /** Small sizes: to see that everything runs, not how fast. Bars say nothing then. */
  readonly quick: boolean;
  /** Whether a figure was asked for: `--only http.read` runs that part of a measure alone. */
  wants(bar: BarName): boolean;
  /** Says on the terminal what is being done; long work calls it often. */
  say(what: string): void;
}

/** One file a measure; `main.ts` lists them. */
export interface Measure {
  readonly name: string;
  /** What it takes, about, on two cores. */
  readonly minutes: number;
  run(bench: Bench): Promise<Outcome>;
}
