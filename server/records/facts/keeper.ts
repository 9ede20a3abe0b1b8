import { keptPeriods, keysKept } from '../../../domain/records/facts/kept.ts';
import type { Database } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { closeRounds, countAndKeep, forgetFormer, lockKept, openRounds, renewRounds, unitsToCount } from './keeping.ts';
import { dayAt, spanOf } from './leaves.ts';
import { listMarks, noteAllKinds, noteKinds, periodsOf, removeMarks, workOf } from './marks.ts';

export interface KeeperSettings {
  readonly clock: () => Date;
  /** Look by itself, a few times a second; a server does, a test calls `runOnce`. */
  readonly watch?: boolean;
  readonly log?: (error: unknown, message: string) => void;
}

export interface Keeper {
  /** Works off every mark and counts whatever is not counted yet. */
  runOnce(): Promise<void>;
  /** Works off the marks alone: what has changed, for those whose figures are kept. */
  recountChanged(): Promise<void>;
  close(): Promise<void>;
}

/** A change is to be seen within a second; looking costs one row that is nearly never there. */
const lookMs = 100;
/** What was never counted waits until people have their pages; a new day is noticed as often. */
const fillMs = 15_000;

/** Counting holds the embedded database, where everybody else waits: a turn takes about a tenth of a second there. */
const turnOf = { embedded: { cells: 2_500, units: 400 }, postgres: { cells: 60_000, units: 600 } } as const;

/** Thrown when another process counts; it will do what is to be done. */
const busy = Symbol('another process counts');

export const isBusy = (error: unknown): boolean => error === busy;

/** So many marks later the rows that are gone are swept up, which the server itself does once a minute at best. */
const manyMarks = 20_000;

/** What the keeper does things in. */
interface Turns {
  asSystem<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
  /** One transaction under the keeper's lock. */
  turn<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
  /** Counts in turns that are short enough for others; `between` is asked after each. */
  count(
    periods: readonly string[],
    keys: readonly string[],
    unitIds: readonly number[],
    between: () => Promise<unknown>,
  ): Promise<void>;
}

function turnsOn(database: Database, clock: () => Date, isClosing: () => boolean): Turns {
  const { cells } = turnOf[database.kind];
  const asSystem: Turns['asSystem'] = (work) =>
    database.write([''], (db) => work({ actor: system, db, now: clock(), lang: 'zh' }));
  const turn: Turns['turn'] = (work) =>
    asSystem(async (rq) => {
      if (isClosing() || !(await lockKept(rq))) throw busy;
      return work(rq);
    });
  return {
    asSystem,
    turn,
    count: async (periods, keys, unitIds, between) => {
      const step = Math.max(1, Math.floor(cells / unitIds.length / periods.length));
      for (let at = 0; at < keys.length; at += step) {
        await turn((rq) => countAndKeep(rq, periods, keys.slice(at, at + step), unitIds));
        await between();
      }
    },
  };
}

const nothing = () => Promise.resolve();

/** Works off marks, lot by lot. They are removed when everything they ask for is counted. */
function marksOn(database: Database, { asSystem, turn, count }: Turns): () => Promise<void> {
  let removed = 0;

  async function workOff(): Promise<boolean> {
    const marked = await database.read([''], (db) => db.find(sql`SELECT 1 AS found FROM figure_marks LIMIT 1`));
    if (!marked) return false;
    const { marks, work } = await turn(async (rq) => {
      const found = await listMarks(rq);
      return { marks: found, work: await workOf(rq, await noteKinds(rq, found)) };
    });
    for (const { keys, unitIds } of work) {
      const periods = await asSystem((rq) => periodsOf(rq, unitIds));
      if (periods.length > 0) await count(periods, keys, unitIds, nothing);
    }
    await turn(async (rq) => {
      await renewRounds(rq, [...new Set(work.flatMap((w) => w.unitIds))]);
      await removeMarks(rq, marks);
    });
    removed += marks.length;
    if (removed >= manyMarks) {
      removed = 0;
      await database.maintain('VACUUM figure_marks');
    }
    return true;
  }

  return async () => {
    while (await workOff());
  };
}

/** Counts units that have not been counted for a kept period, some at a time; false when all of them have. */
function fillOn(
  database: Database,
  clock: () => Date,
  { asSystem, turn, count }: Turns,
  recountChanged: () => Promise<void>,
): () => Promise<boolean> {
  let noted = false;
  let tidied = '';

  return async () => {
    // Before the first count; later the marks keep the list of kinds by themselves.
    if (!noted) await turn(noteAllKinds);
    noted = true;
    const day = dayOf(clock());
    const waiting = await asSystem(async (rq) => {
      const found: { period: string; at: string; unitIds: number[] }[] = [];
      for (const period of keptPeriods(day)) {
        const at = dayAt(rq, spanOf(rq, period));
        found.push({ period, at, unitIds: await unitsToCount(rq, period, at, turnOf[database.kind].units) });
      }
      return found;
    });
    const first = waiting.find(({ unitIds }) => unitIds.length > 0);
    if (first) {
      const { unitIds } = first;
      // Periods that wait for the same units are counted together: they have much in common.
      const same = waiting.filter((w) => w.unitIds.join(' ') === unitIds.join(' '));
      const periods = same.map(({ period }) => period);
      await turn(async (rq) => {
        for (const period of periods) await openRounds(rq, period, unitIds);
      });
      await count(periods, [...new Set(periods.flatMap(keysKept))], unitIds, recountChanged);
      // What was begun yesterday is begun anew.
      if (dayOf(clock()) === day)
        await turn(async (rq) => {
          for (const { period, at } of same) await closeRounds(rq, period, at, unitIds);
        });
      return true;
    }
    if (tidied !== day) await turn((rq) => forgetFormer(rq, keptPeriods(day)));
    tidied = day;
    return false;
  };
}

/** Keeps the figures of an instance fresh: see docs/decisions/0013. */
export function keepFigures(database: Database, settings: KeeperSettings): Keeper {
  let closing = false;
  const turns = turnsOn(database, settings.clock, () => closing);
  const recountChanged = marksOn(database, turns);
  const fill = fillOn(database, settings.clock, turns, recountChanged);

  async function runOnce(): Promise<void> {
    await recountChanged();
    while (await fill()) await recountChanged();
  }

  // Calls take turns: within one process the second would only be told that the first is at work.
  let line: Promise<void> = Promise.resolve();
  const inLine = (work: () => Promise<void>): Promise<void> => {
    const mine = line.then(work);
    line = mine.catch(nothing);
    return mine;
  };

  let working = false;
  let nextFill = Date.now() + fillMs;
  const look = async () => {
    await recountChanged();
    if (Date.now() < nextFill) return;
    await runOnce();
    nextFill = Date.now() + fillMs;
  };
  const timer = setInterval(() => {
    if (!settings.watch || working || closing) return;
    working = true;
    // What fails is tried again: marks stay until their figures are counted, and until then readers count for themselves.
    void inLine(look)
      .catch((error: unknown) => {
        if (!isBusy(error) && !closing) settings.log?.(error, 'keeping figures');
      })
      .finally(() => {
        working = false;
      });
  }, lookMs);
  timer.unref();

  return {
    runOnce: () => inLine(runOnce),
    recountChanged: () => inLine(recountChanged),
    close: async () => {
      closing = true;
      clearInterval(timer);
      await line;
    },
  };
}
