import type { z } from 'zod';
import { type AgreementKind, agreementStateNames } from '../../../domain/records/agreements/index.ts';
import { cellType } from '../../../domain/records/imports/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Reader } from '../../platform/http/sending.ts';
import { sheetWriter } from '../../platform/sheets/index.ts';
import { dayOf } from '../../platform/time.ts';
import { type ExportTo, type Items, itemWords, writtenCell } from '../imports/index.ts';
import { type AgreementSearch, type ExportedAgreement, listAgreementsAfter } from './store.ts';

interface Column {
  readonly words: Words;
  readonly width: number;
  readonly cell: (a: ExportedAgreement) => string | null;
}

const say = (zh: string, en: string): Words => ({ zh, en });

/** The heads of an official register of agreements: what it is, between whom, until when, then each term of the kind. */
function columnsOf(kind: AgreementKind, items: Items, lang: Lang): Column[] {
  const between = lang === 'zh' ? '、' : ', ';
  const parties = Object.entries(kind.roles).map(([role, { words }]) => ({
    words,
    width: 24,
    cell: (a: ExportedAgreement) =>
      a.partyNames
        .filter((p) => p.role === role)
        .map((p) => p.name)
        .join(between) || null,
  }));
  const terms = Object.entries(kind.fields).map(([name, said]) => ({
    words: said.unit ? say(`${said.words.zh}（${said.unit.zh}）`, `${said.words.en} (${said.unit.en})`) : said.words,
    width: said.long ? 40 : 18,
    cell: (a: ExportedAgreement) =>
      writtenCell(cellType(kind.terms.shape[name] as z.ZodType, said), said, a.terms[name], items, lang),
  }));
  return [
    { words: say('协议名称', 'Title'), width: 36, cell: (a) => a.title },
    { words: say('协议编号', 'Number'), width: 20, cell: (a) => a.number },
    { words: say('单位编码', 'Unit code'), width: 16, cell: (a) => a.unitCode },
    { words: say('单位名称', 'Unit'), width: 24, cell: (a) => a.unitName },
    ...parties,
    { words: say('状态', 'State'), width: 10, cell: (a) => agreementStateNames[a.state][lang] },
    { words: say('起始日期', 'From'), width: 12, cell: (a) => a.fromDay },
    { words: say('截止日期', 'To'), width: 12, cell: (a) => a.toDay },
    { words: say('生效日期', 'In force on'), width: 12, cell: (a) => a.inForceOn },
    { words: say('终止日期', 'Ended on'), width: 12, cell: (a) => a.endedOn },
    { words: say('已签署', 'Signed'), width: 10, cell: (a) => `${a.signed}/${a.parties}` },
    ...terms,
  ];
}

const pageRows = 2_000;

/** The agreements of a kind, in the scope of whoever exports; who held the pen for a party is in no sheet. */
export async function exportAgreements(
  read: Reader,
  to: ExportTo,
  kind: AgreementKind,
  filter: Omit<AgreementSearch, 'kind' | 'limit' | 'offset' | 'sort'>,
): Promise<number> {
  const columns = columnsOf(kind, await read(itemWords), to.lang);
  const writer = sheetWriter(to.format, to.out, {
    sheetName: kind.words[to.lang],
    ...(to.format === 'xlsx' ? { title: `${kind.words[to.lang]}  ${dayOf(to.now)}` } : {}),
    heads: columns.map((c) => ({ text: c.words[to.lang], width: c.width })),
  });
  let last: readonly [string, string] = ['', '00000000-0000-0000-0000-000000000000'];
  let rows = 0;
  for (;;) {
    const page = await read((rq) => listAgreementsAfter(rq, { ...filter, kind: kind.kind }, last, pageRows));
    for (const a of page) await writer.row(columns.map((c) => c.cell(a)));
    rows += page.length;
    if (page.length < pageRows) break;
    last = [page.at(-1)!.unitPath, page.at(-1)!.id];
  }
  await writer.end();
  return rows;
}
