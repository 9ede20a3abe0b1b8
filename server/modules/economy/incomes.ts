import { type HouseholdIncomes, incomeKinds } from '../../../domain/economy/index.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { householdsOf } from '../../records/subjects/index.ts';
import * as store from './store.ts';

/**
 * What the village, its cooperatives and its works paid to the household of the person signed in. A resident holds no grant, so
 * the platform looks on their behalf, and only at households whose own consent names that person: nothing that they send
 * chooses whose income is shown, and nobody else can ask for it.
 */
export async function myIncomes(rq: Rq, database: Database): Promise<{ households: HouseholdIncomes[] }> {
  const { personId } = rq.actor;
  if (personId === null) return { households: [] };
  return database.read([''], async (db) => {
    const as: Rq = { ...rq, actor: system, db };
    const homes = await householdsOf(as, personId);
    const sums = await store.sumIncomes(as, homes);
    const households: HouseholdIncomes[] = [];
    for (const id of new Set(sums.map((s) => s.subjectId))) {
      const own = sums.filter((s) => s.subjectId === id);
      const amount = (year: number, kind: string) =>
        own.filter((s) => s.year === year && s.kind === kind).reduce((n, s) => n + s.amount, 0);
      const years = [...new Set(own.map((s) => s.year))].map((year) => ({
        year,
        home: amount(year, 'home'),
        rent: amount(year, 'rent'),
        wages: amount(year, 'wages'),
        dividends: amount(year, 'dividends'),
        total: incomeKinds.reduce((n, kind) => n + amount(year, kind), 0),
      }));
      const { holderName, unitName } = own[0]!;
      households.push({ holderName, unitName, years, items: await store.listIncomes(as, id) });
    }
    return { households };
  });
}
