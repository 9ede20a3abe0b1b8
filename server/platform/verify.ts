import type { Words } from '../../domain/words.ts';
import type { Tx } from './db/database.ts';
import { sql } from './db/sql.ts';
import { macOf } from './journal.ts';
import { genesis, linkHash, rowHash, type Seal, sealColumns, sealHash, type StoredRow, storedColumns } from './seal.ts';

export type FindingKind = 'changed' | 'removed' | 'inserted' | 'chain' | 'seal' | 'anchor';

/** One thing that is not as it was written. */
export interface Finding {
  readonly kind: FindingKind;
  readonly position?: number | undefined;
  readonly journalId?: number | undefined;
  readonly sealId?: number | undefined;
  /** What the row says of itself, where there still is one. */
  readonly says?: string | undefined;
  readonly words: Words;
}

/** A seal that was noted outside the database; see `anchors.ts`. */
export interface Anchor {
  readonly at: string;
  readonly sealId: number;
  readonly hash: string;
}

export interface Verdict {
  readonly rows: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly seals: number;
  readonly head: { readonly sealId: number; readonly hash: string } | null;
  /** At most a thousand of them; `found` counts all. */
  readonly findings: readonly Finding[];
  readonly found: number;
}

interface LinkRow extends Partial<StoredRow> {
  readonly position: number;
  readonly journalId: number;
  readonly sealId: number;
  readonly rowHash: string;
  readonly hash: string;
}

const batch = 2_000;
const most = 1_000;

function macRight(row: StoredRow): boolean {
  const content = {
    uid: row.uid,
    at: new Date(Number(row.at) / 1000),
    user_id: row.userId,
    actor_name: row.actorName,
    verb: row.verb,
    subject_kind: row.subjectKind,
    subject_id: row.subjectId,
    unit_path: row.unitPath,
    before: row.before === null ? null : (JSON.parse(row.before) as unknown),
    after: row.after === null ? null : (JSON.parse(row.after) as unknown),
  };
  return macOf(content) === row.mac;
}

function describe(row: StoredRow): string {
  const at = new Date(Number(row.at) / 1000);
  const moment = Number.isNaN(at.getTime()) ? row.at : at.toISOString();
  return `${moment} ${row.actorName} ${row.verb} ${row.subjectKind} ${row.subjectId}`;
}

interface Walk {
  last: number;
  /** Hash of the last link as it is kept: every break is told once and does not taint what follows. */
  previous: string;
  afterGap: boolean;
  sealed: number;
}

function checkLink(l: LinkRow, walk: Walk, find: (f: Finding) => void): void {
  const { position, journalId } = l;
  if (position !== walk.last + 1) {
    const from = walk.last + 1;
    find({
      kind: 'removed',
      position: from,
      words: {
        zh: `第 ${from} 至 ${position - 1} 个链节及其记录已被删除。`,
        en: `Links ${from} to ${position - 1} and their rows were removed.`,
      },
    });
    walk.afterGap = true;
  }
  const broken = linkHash(walk.previous, position, journalId, l.rowHash) !== l.hash;
  if (l.id === undefined || l.id === null) {
    find({
      kind: 'removed',
      position,
      journalId,
      words: { zh: `日志第 ${journalId} 行已被删除。`, en: `Journal row ${journalId} was removed.` },
    });
  } else {
    const row = l as StoredRow;
    if (rowHash(row) !== l.rowHash)
      find({
        kind: 'changed',
        position,
        journalId,
        says: describe(row),
        words: {
          zh: `日志第 ${journalId} 行在封存后被改动。`,
          en: `Journal row ${journalId} was changed after sealing.`,
        },
      });
    else if (!macRight(row)) find(foreign(row, position));
  }
  if (broken && !walk.afterGap)
    find({
      kind: 'chain',
      position,
      journalId,
      words: {
        zh: `第 ${position} 个链节与前一个不相连。`,
        en: `Link ${position} does not follow from the one before it.`,
      },
    });
  walk.afterGap = false;
  walk.last = position;
  walk.previous = l.hash;
  walk.sealed++;
}

function foreign(row: StoredRow, position?: number): Finding {
  return {
    kind: 'inserted',
    position,
    journalId: row.id,
    says: describe(row),
    words: {
      zh: `日志第 ${row.id} 行不是本系统写入的，或在封存前被改动。`,
      en: `Journal row ${row.id} was not written by this system, or was changed before sealing.`,
    },
  };
}

interface Sealed {
  previous: Seal | null;
}

function checkSeal(seal: Seal, lastLink: string | null, state: Sealed, find: (f: Finding) => void): void {
  const { previous } = state;
  state.previous = seal;
  const follows =
    seal.previous === (previous?.hash ?? genesis) &&
    seal.first === (previous?.last ?? 0) + 1 &&
    seal.count === seal.last - seal.first + 1;
  if (follows && lastLink !== null && sealHash(seal, lastLink) === seal.hash) return;
  find({
    kind: 'seal',
    sealId: seal.id,
    position: seal.first,
    words: {
      zh: `第 ${seal.id} 号封存（链节 ${seal.first}–${seal.last}）不成立：其中的链节或封存本身被改动过。`,
      en: `Seal ${seal.id} (links ${seal.first} to ${seal.last}) does not hold: its links or the seal itself were changed.`,
    },
  });
}

async function walkSeals(tx: Tx, find: (f: Finding) => void): Promise<{ seals: number; last: Seal | null }> {
  const state: Sealed = { previous: null };
  let seals = 0;
  for (;;) {
    const rows = await tx.many<Seal & { lastLink: string | null }>(sql`
      SELECT ${sealColumns}, (SELECT l.hash FROM journal_links l WHERE l.position = last_position AND l.seal_id = s.id) AS "lastLink"
      FROM journal_seals s WHERE id > ${state.previous?.id ?? 0} ORDER BY id LIMIT ${batch}`);
    for (const row of rows) checkSeal(row, row.lastLink, state, find);
    seals += rows.length;
    if (rows.length < batch) return { seals, last: state.previous };
  }
}

async function walkLinks(tx: Tx, find: (f: Finding) => void, progress: (rows: number) => void): Promise<Walk> {
  const walk: Walk = { last: 0, previous: genesis, afterGap: false, sealed: 0 };
  for (;;) {
    const rows = await tx.many<LinkRow>(sql`
      SELECT l.position, l.journal_id AS "journalId", l.seal_id AS "sealId", l.row_hash AS "rowHash", l.hash, ${storedColumns}
      FROM journal_links l LEFT JOIN journal j ON j.id = l.journal_id
      WHERE l.position > ${walk.last} ORDER BY l.position LIMIT ${batch}`);
    for (const row of rows) checkLink(row, walk, find);
    progress(walk.sealed);
    if (rows.length < batch) return walk;
  }
}

async function walkUnsealed(tx: Tx, find: (f: Finding) => void): Promise<number> {
  let count = 0;
  let last = 0;
  for (;;) {
    const rows = await tx.many<StoredRow>(sql`SELECT ${storedColumns} FROM journal j
      WHERE j.id > ${last} AND NOT EXISTS (SELECT 1 FROM journal_links l WHERE l.journal_id = j.id)
      ORDER BY j.id LIMIT ${batch}`);
    for (const row of rows) if (!macRight(row)) find(foreign(row));
    count += rows.length;
    if (rows.length < batch) return count;
    last = rows.at(-1)!.id;
  }
}

async function checkAnchors(tx: Tx, anchors: readonly Anchor[], find: (f: Finding) => void): Promise<void> {
  for (const anchor of anchors) {
    const kept = await tx.find<{ hash: string }>(sql`SELECT hash FROM journal_seals WHERE id = ${anchor.sealId}`);
    if (kept?.hash === anchor.hash) continue;
    find({
      kind: 'anchor',
      sealId: anchor.sealId,
      words: {
        zh: `库外记录的第 ${anchor.sealId} 号封存（${anchor.at}）在库中${kept ? '不一致' : '不存在'}：末尾的记录被删除，或数据库被换成了更早的状态。`,
        en: `Seal ${anchor.sealId}, noted outside the database at ${anchor.at}, is ${kept ? 'different' : 'missing'} in it: rows were removed from the end, or the database was put back to an earlier state.`,
      },
    });
  }
}

/**
 * Reads the whole journal and says what is not as it was written: rows changed, removed or inserted, links and seals that
 * do not follow from each other, and seals noted outside that the database no longer has. Run it as the owner, in one
 * transaction whose snapshot does not move.
 */
export async function verifyJournal(
  tx: Tx,
  options: { anchors?: readonly Anchor[]; progress?: (rows: number) => void } = {},
): Promise<Verdict> {
  const findings: Finding[] = [];
  let found = 0;
  const find = (finding: Finding) => {
    if (found++ < most) findings.push(finding);
  };
  const walk = await walkLinks(tx, find, options.progress ?? (() => undefined));
  const { seals, last } = await walkSeals(tx, find);
  if (walk.last > (last?.last ?? 0))
    find({
      kind: 'seal',
      position: (last?.last ?? 0) + 1,
      words: {
        zh: `第 ${(last?.last ?? 0) + 1} 个链节之后没有封存：封存记录被删除。`,
        en: `Nothing seals the links from ${(last?.last ?? 0) + 1} on: a seal was removed.`,
      },
    });
  const unsealed = await walkUnsealed(tx, find);
  await checkAnchors(tx, options.anchors ?? [], find);
  const { rows } = await tx.one<{ rows: number }>(sql`SELECT count(*)::int AS rows FROM journal`);
  return {
    rows,
    sealed: walk.sealed,
    unsealed,
    seals,
    head: last && { sealId: last.id, hash: last.hash },
    findings,
    found,
  };
}
