import { pointBooks } from '../../../domain/points/kinds-books.ts';
import type { OwnAccount } from '../../../domain/points/index.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { ownAccounts } from '../../records/ledgers/index.ts';
import { householdsOf } from '../../records/subjects/index.ts';

const kinds = Object.values(pointBooks).filter((k) => k.measure === 'points');

/**
 * What the person signed in has, and what the household has for which they gave a consent that lives. A resident holds no
 * grant, so the platform looks on their behalf, by their own id alone: nothing that they send chooses whose account is shown.
 */
export async function myPoints(
  rq: Rq,
  page: { readonly limit: number; readonly offset: number },
  database: Database,
): Promise<{ accounts: OwnAccount[] }> {
  const { personId } = rq.actor;
  if (personId === null) return { accounts: [] };
  return database.read([''], async (db) => {
    const as: Rq = { ...rq, actor: system, db };
    const households = await householdsOf(as, personId);
    const found = await ownAccounts(as, { personId, subjectIds: households, kinds: kinds.map((k) => k.kind) }, page);
    return {
      accounts: found.map(({ kind: name, items, ...account }) => {
        const kind = kinds.find((k) => k.kind === name)!;
        return {
          ...account,
          bookWords: kind.words,
          items: items.map(({ purpose, ...m }) => ({
            ...m,
            purpose: purpose === null ? null : (kind.purposes?.[purpose] ?? { zh: purpose, en: purpose }),
          })),
        };
      }),
    };
  });
}
