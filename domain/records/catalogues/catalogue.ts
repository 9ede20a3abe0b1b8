import type { Words } from '../../words.ts';

/** Choices that the source names without defining them, or that differ from county to county. */
export interface Catalogue {
  readonly words: Words;
  /** Our own neutral example and no official list: shown as a sample until the county sets its own. */
  readonly sample: boolean;
  /** Key → words, in the order of the form. */
  readonly items: Readonly<Record<string, Words>>;
}
