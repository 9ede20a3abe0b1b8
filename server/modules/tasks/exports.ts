import type { ItemList } from '../../../domain/tasks/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { readerOf } from '../../platform/http/sending.ts';
import type { Rq } from '../../platform/rq.ts';
import { sendList } from '../../platform/sheets/index.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../../records/units/index.ts';
import type { Search } from './conditions.ts';
import { daysOf } from './days.ts';
import { ledgerItems } from './reading.ts';
import { type After, type ItemRow, listItemsAfter } from './store.ts';

type Item = Awaited<ReturnType<typeof ledgerItems>>[number];

interface Column {
  readonly words: Words;
  readonly width: number;
  readonly of: (item: Item, lang: Lang) => string | null;
}

const column = (zh: string, en: string, width: number, of: Column['of']): Column => ({ words: { zh, en }, width, of });
const person = (i: Item) => i.ownerName ?? i.ownerUnitName;
const levels = { township: { zh: '乡镇（街道）', en: 'Township' }, county: { zh: '县（区）', en: 'County' } } as const;
const severities = { ordinary: { zh: '一般', en: 'Ordinary' }, key: { zh: '重点', en: 'Key' } } as const;

const unit = column('单位', 'Unit', 18, (i) => i.unitName);
const star = column('星', 'Star', 10, (i) => i.star);
const criterion = column('对应指标', 'Criterion', 24, (i, lang) => i.criterionWords?.[lang] ?? i.criterion);
const shared = [
  column('责任人（单位）', 'Owner', 16, person),
  column('办理期限', 'Due', 12, (i) => i.dueOn),
  column('红黄绿灯', 'Light', 22, (i, lang) => `${lamp(i, lang)}${i.light.words[lang]}`),
  column('办理状态', 'State', 12, (i, lang) => i.stateWords[lang]),
  column('佐证（件）', 'Evidence', 10, (i) => String(i.evidence)),
  column('最近更新', 'Last change', 12, (i) => dayOf(i.changedAt)),
  column('上报情况', 'Carried up', 30, (i) => i.carried.map((c) => `${dayOf(c.at)} ${c.toUnitName}`).join('；')),
] as const;

/** The colour as a word, since a sheet is printed in black. */
function lamp(i: Item, lang: Lang): string {
  const words = {
    red: { zh: '红灯 ', en: 'red: ' },
    yellow: { zh: '黄灯 ', en: 'yellow: ' },
    green: { zh: '绿灯 ', en: 'green: ' },
  };
  return i.light.colour === 'none' ? '' : words[i.light.colour][lang];
}

const columns: Record<ItemList, readonly Column[]> = {
  tasks: [
    unit,
    star,
    criterion,
    column('任务', 'Task', 36, (i) => i.title),
    column('完成条件（问题整改）', 'Done when', 36, (i) => i.condition),
    column('群众受益', 'Benefit for residents', 20, (i) => i.benefit),
    ...shared,
  ],
  problems: [
    unit,
    star,
    criterion,
    column('问题', 'Problem', 36, (i) => i.title),
    column('问题描述', 'Description', 36, (i) => i.condition),
    column('程度', 'Severity', 8, (i, lang) => (i.severity === null ? null : severities[i.severity][lang])),
    column('报告层级', 'Reported to', 14, (i, lang) => (i.reportTo === null ? null : levels[i.reportTo][lang])),
    column('整改措施', 'Measures', 30, (i) => i.measures),
    ...shared,
  ],
};

const titles: Record<ItemList, Words> = {
  tasks: { zh: '任务清单', en: 'List of tasks' },
  problems: { zh: '重点问题清单', en: 'List of problems' },
};

const pageRows = 500;
const never = '9999-12-31';

/** The list as the office files it, of the unit that was asked for, in the order of the tree. */
export async function sendLedger(
  rq: Rq,
  q: Search & { readonly under?: number | undefined; readonly format: 'xlsx' | 'csv' },
  wire: Wire,
): Promise<unknown> {
  const { list } = q;
  const { lang } = rq;
  const [place, days] = await readerOf(
    rq,
    wire,
  )(async (inner) => [q.under === undefined ? null : await getUnit(inner, q.under), await daysOf(inner)]);
  const search = { ...q, underPath: place?.path };
  const filed = {
    name: `${place?.name ?? ''}${titles[list][lang]}`,
    sheetName: titles[list][lang],
    heads: columns[list].map((c) => ({ text: c.words[lang], width: c.width })),
    format: q.format,
  };
  return sendList(rq, wire, filed, async (write, read) => {
    for (let after: After | null = null; ;) {
      const page: Item[] = await read(async (inner) => {
        const rows: ItemRow[] = await listItemsAfter(inner, search, days, after, pageRows);
        return ledgerItems(inner, rows);
      });
      for (const item of page) await write(columns[list].map((c) => c.of(item, lang)));
      if (page.length < pageRows) break;
      const last = page.at(-1)!;
      after = { path: last.unitPath, dueOn: last.dueOn ?? never, id: last.id };
    }
  });
}
