import { amountText } from '../../../domain/records/ledgers/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { readerOf } from '../../platform/http/sending.ts';
import type { Rq } from '../../platform/rq.ts';
import { sendList } from '../../platform/sheets/index.ts';
import { getUnit } from '../../records/units/index.ts';
import type { Search } from './conditions.ts';
import { microNames, projectItemOf } from './reading.ts';
import { type After, listProjectsAfter, type ProjectRow } from './store.ts';

type Item = ReturnType<typeof projectItemOf>;
interface Column {
  readonly words: Words;
  readonly width: number;
  readonly of: (item: Item, lang: Lang) => string | null;
}
const column = (zh: string, en: string, width: number, of: Column['of']): Column => ({ words: { zh, en }, width, of });
const yuan = (fen: number | null) => (fen === null ? null : amountText('fen', fen));
const hours = (minutes: number | null) => (minutes === null ? null : (minutes / 60).toFixed(2));

const columns: readonly Column[] = [
  column('单位', 'Unit', 18, (i) => i.unitName),
  column('项目名称', 'Project', 36, (i) => i.title),
  column('类别', 'Class', 14, (i, lang) => i.classWords?.[lang] ?? null),
  column('用途', 'Use', 12, (i, lang) => i.useWords?.[lang] ?? null),
  column('所属计划', 'Programme', 22, (i) => i.programme?.title ?? null),
  column('阶段', 'Stage', 12, (i, lang) => i.stateWords[lang]),
  column('责任人（单位）', 'Owner', 16, (i) => i.ownerName ?? i.ownerUnitName),
  column('预算（元）', 'Budget (CNY)', 14, (i) => yuan(i.budgetFen)),
  column('到位资金（元）', 'Received (CNY)', 14, (i) => yuan(i.receivedFen)),
  column('实际支出（元）', 'Actual (CNY)', 14, (i) => yuan(i.actualFen)),
  column('支出占预算（%）', 'Spent (%)', 12, (i) => (i.spentShare === null ? null : (i.spentShare / 100).toFixed(2))),
  column('投工投料折价（元）', 'Given (CNY)', 16, (i) => yuan(i.contributedFen)),
  column('投工（小时）', 'Labour (h)', 12, (i) => hours(i.labourMinutes)),
  column('机械（小时）', 'Machines (h)', 12, (i) => hours(i.machineMinutes)),
  column('期限', 'Due', 12, (i) => i.dueOn),
];

const pageRows = 500;

/** The works that the page shows, in the order of the tree, as a sheet with its official head. */
export async function sendProjects(
  rq: Rq,
  q: Search & { readonly under?: number | undefined; readonly format: 'xlsx' | 'csv' },
  wire: Wire,
): Promise<unknown> {
  const { lang } = rq;
  const [place, micro] = await readerOf(
    rq,
    wire,
  )(async (inner) => [q.under === undefined ? null : await getUnit(inner, q.under), await microNames(inner)]);
  const search = { ...q, underPath: place?.path };
  const sheetName = { zh: '项目台账', en: 'Projects' }[lang];
  const filed = {
    name: `${place?.name ?? ''}${sheetName}`,
    sheetName,
    heads: columns.map((c) => ({ text: c.words[lang], width: c.width })),
    format: q.format,
  };
  return sendList(rq, wire, filed, async (write, read) => {
    for (let after: After | null = null; ;) {
      const rows: ProjectRow[] = await read((inner) => listProjectsAfter(inner, search, after, pageRows));
      for (const row of rows) {
        const item = projectItemOf(rq, row, micro);
        await write(columns.map((c) => c.of(item, lang)));
      }
      if (rows.length < pageRows) break;
      const last = rows.at(-1)!;
      after = { path: last.unitPath, id: last.id };
    }
  });
}
