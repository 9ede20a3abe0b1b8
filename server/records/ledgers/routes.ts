import { bookKinds } from '../../../domain/records/ledgers/all.ts';
import { isBelow, ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import { readerOf, sendWritten } from '../../platform/http/sending.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { media } from '../../platform/sheets/index.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import { accountsOf } from './of-subject.ts';
import { writePlainText } from './plain-text.ts';
import * as reads from './reads.ts';
import * as reports from './reports.ts';
import { type BookRow, getBook, kindOf, noEntry } from './rows.ts';
import { writeStatement } from './sheets.ts';

const kinds = Object.values(bookKinds).map((k) => ({
  kind: k.kind,
  words: k.words,
  measure: k.measure,
  on: [...k.on],
  heads: [...(k.heads ?? [])],
  ofSubject: [...(k.ofSubject ?? [])],
  ofCase: [...(k.ofCase ?? [])],
  accounts: Object.entries(k.accounts).map(([code, a]) => ({
    code,
    words: a.words,
    class: a.class,
    perSubject: [...(a.perSubject ?? [])],
    perPerson: a.perPerson === true,
    covered: k.covered?.some((c) => isBelow(code, c)) ?? false,
    needs: [...(a.needs ?? [])],
  })),
  purposes: { ...k.purposes },
  fundSources: { ...k.fundSources },
}));

const itemOf = (b: BookRow) => ({ ...b, kindWords: kindOf(b).words });
const viewOf = (rq: Rq, b: BookRow) => ({
  ...itemOf(b),
  mayPost: may(rq, 'ledgers.write', b.unitPath) && b.closedOn === null,
});

const loose = { loose: true };

const reading = (rq: Rq, wire: Wire) => (id: string) => readerOf(rq, wire)((inner) => getBook(inner, id));

export const ledgerRoutes: Route[] = [
  route(ledgers.kinds, async () => ({ items: kinds })),
  route(ledgers.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const root = under === undefined ? undefined : await getUnit(rq, under);
    const { items, total } = await reads.listBooks(rq, { ...search, underPath: root?.path });
    return { items: items.map(itemOf), total };
  }),
  route(ledgers.get, async (rq, { params }) => viewOf(rq, await getBook(rq, params.id))),
  route(ledgers.open, async (rq, { body }) => viewOf(rq, await actions.openBook(rq, body))),
  route(ledgers.accounts, async (rq, { params, query }) => reads.listAccounts(rq, await getBook(rq, params.id), query)),
  route(ledgers.ofSubject, (rq, { params, query }) => accountsOf(rq, params.id, query)),
  route(ledgers.entries, async (rq, { params, query }) => reads.listEntries(rq, await getBook(rq, params.id), query)),
  route(ledgers.entry, async (rq, { params }) => {
    const found = await reads.findEntry(rq, params.id);
    if (!found) throw noEntry;
    return reads.viewOfEntry(rq, found);
  }),
  route(ledgers.post, async (rq, { params, body }) => {
    const { entry } = await actions.postEntry(rq, { ...body, bookId: params.id });
    return entry;
  }),
  route(ledgers.reverse, (rq, { params, body }) => actions.reverseEntry(rq, params.id, body)),
  route(ledgers.close, async (rq, { params, body }) => viewOf(rq, await actions.closeBook(rq, params.id, body))),
  route(ledgers.reopen, async (rq, { params, body }) => viewOf(rq, await actions.reopenBook(rq, params.id, body))),
  route(ledgers.statement, async (rq, { params, query }) =>
    reports.statementOf(rq, await getBook(rq, params.id), query),
  ),
  route(
    ledgers.statementSheet,
    async (rq, { params, query }, wire) => {
      const book = await reading(rq, wire)(params.id);
      // Asked before the answer begins: a wrong account is a refusal and no broken file.
      await readerOf(rq, wire)((inner) => reports.statementOf(inner, book, { ...query, limit: 1, offset: 0 }));
      const name = `${book.title}-${query.account.replaceAll(':', '-')}.${query.format}`;
      const file = { name, type: media[query.format] };
      return sendWritten(rq, wire, file, (read, out) => writeStatement(read, out, book, query, rq.lang));
    },
    loose,
  ),
  route(ledgers.balances, async (rq, { params, query }) => reports.balancesOf(rq, await getBook(rq, params.id), query)),
  route(ledgers.results, async (rq, { params, query }) => reports.resultsOf(rq, await getBook(rq, params.id), query)),
  route(ledgers.consolidation, async (rq, { params, query }) =>
    reports.consolidationOf(rq, await getBook(rq, params.id), query.to),
  ),
  route(
    ledgers.journal,
    async (rq, { params, query }, wire) => {
      const book = await reading(rq, wire)(params.id);
      const tree = await readerOf(rq, wire)((inner) => reports.treeOf(inner, book));
      const books = query.tree ? tree : tree.filter((b) => b.id === book.id);
      const file = { name: `${book.title}-${dayOf(rq.now)}.journal`, type: 'text/plain; charset=utf-8' };
      return sendWritten(rq, wire, file, (read, out) => writePlainText(read, out, books, query.to));
    },
    loose,
  ),
];
