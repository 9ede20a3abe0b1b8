import type { Measure } from '../lib/measure.ts';
import { consoleMeasure } from './console.ts';
import { engine } from './engine.ts';
import { figuresMeasure } from './figures.ts';
import { growth } from './growth.ts';
import { http } from './http.ts';
import { importing } from './import.ts';
import { ledgers } from './ledgers.ts';
import { reportsMeasure } from './reports.ts';
import { rescore } from './rescore.ts';
import { rollup } from './rollup.ts';
import { sheets } from './sheets.ts';
import { start } from './start.ts';
import { units } from './units.ts';

/** In the order in which they run. A new measure is a file of its own here and its bars in bars.ts. */
export const measures: readonly Measure[] = [
  engine,
  http,
  rescore,
  rollup,
  figuresMeasure,
  reportsMeasure,
  importing,
  sheets,
  ledgers,
  units,
  start,
  consoleMeasure,
  growth,
];
