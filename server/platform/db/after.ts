import type { Database, Tx } from './database.ts';

type Work = (database: Database) => void;
const waiting = new WeakMap<Tx, Work[]>();

/** Does something after the transaction has committed, and never when it was rolled back. For news, not for records. */
export function afterCommit(tx: Tx, work: Work): void {
  const list = waiting.get(tx);
  if (list) list.push(work);
  else waiting.set(tx, [work]);
}

/** Called by the database when a transaction has committed. */
export function committed(tx: Tx, database: Database): void {
  const list = waiting.get(tx);
  if (!list) return;
  waiting.delete(tx);
  for (const work of list) work(database);
}
