import { randomUUID } from 'node:crypto';
import { type NoticeKind, noticeWords } from '../../../domain/records/notices/index.ts';
import type { Params } from '../../../domain/words.ts';
import type { Rq } from '../../platform/rq.ts';
import * as store from './store.ts';

/** Tells people that something concerns them. Nobody is told of what they did themselves. */
export async function notify(
  rq: Rq,
  personIds: readonly (string | null | undefined)[],
  kind: NoticeKind,
  subject: { readonly kind: string; readonly id: string | number },
  params: Params = {},
): Promise<void> {
  const readers = [...new Set(personIds)].filter((p): p is string => Boolean(p) && p !== rq.actor.personId);
  if (readers.length === 0) return;
  const rows = readers.map((personId) => ({ id: randomUUID(), personId }));
  await store.insertNotices(rq, rows, { kind, subjectKind: subject.kind, subjectId: String(subject.id), params });
}

export async function listNotices(rq: Rq, q: { unread?: boolean | undefined; limit: number; offset: number }) {
  if (rq.actor.personId === null) return { items: [], total: 0, unread: 0 };
  const page = await store.listNotices(rq, rq.actor.personId, { ...q, unread: q.unread ?? false });
  return { ...page, items: page.items.map((n) => ({ ...n, words: noticeWords(n.kind, n.params) })) };
}

/** A notice is its reader's alone: reading it changes no record and is not journaled. */
export async function readNotices(rq: Rq, ids: readonly string[] | undefined): Promise<{ read: number }> {
  if (rq.actor.personId === null) return { read: 0 };
  return { read: await store.markRead(rq, rq.actor.personId, ids) };
}
