import { disputeWords } from '../../../domain/reports/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { readerOf } from '../../platform/http/sending.ts';
import type { Rq } from '../../platform/rq.ts';
import { sendList } from '../../platform/sheets/index.ts';
import { showInquiry } from './inquiries.ts';

type View = Awaited<ReturnType<typeof showInquiry>>;
type Row = View['rows'][number];
interface Column {
  readonly text: string;
  readonly width: number;
  readonly of: (row: Row) => string | null;
  readonly total: string | null;
}

const said = {
  township: { zh: '乡镇（街道）', en: 'Township' },
  village: { zh: '村（社区）', en: 'Village' },
  state: { zh: '状态', en: 'State' },
  total: { zh: '合计', en: 'Total' },
  // What nobody has answered is no zero.
  missing: { zh: '缺数据', en: 'missing' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  checked: { zh: '核对情况', en: 'Checked by the village' },
  confirmed: { zh: '已知数据已确认', en: 'What was known is confirmed' },
} as const;

/** What the village says of the values that it was shown: which it holds to be wrong and why, or that it let them stand. */
function checkedBy(view: View, row: Row, lang: Lang): string | null {
  const disputed = view.columnList.flatMap((c) => {
    const dispute = row.cells[c.name]?.dispute;
    return dispute ? [disputeWords(c.words, dispute)[lang]] : [];
  });
  if (disputed.length > 0) return disputed.join(lang === 'zh' ? '；' : '; ');
  return Object.values(row.cells).some((cell) => cell.confirmed) ? said.confirmed[lang] : null;
}

function columnsOf(view: View, lang: Lang): Column[] {
  const headed = (words: Words, unit: Words | null) => {
    if (unit === null) return words[lang];
    return lang === 'zh' ? `${words.zh}（${unit.zh}）` : `${words.en} (${unit.en})`;
  };
  return [
    { text: said.township[lang], width: 18, of: (row) => row.parentName, total: said.total[lang] },
    { text: said.village[lang], width: 18, of: (row) => row.unitName, total: null },
    ...view.columnList.map((c): Column => ({
      text: headed(c.words, c.unit),
      width: c.kind === 'text' ? 30 : 16,
      of: (row) => {
        const value = row.cells[c.name]?.value ?? null;
        if (value === null) return said.missing[lang];
        return c.kind === 'yes' ? said[value === '1' ? 'yes' : 'no'][lang] : value;
      },
      total: view.totals[c.name] ?? null,
    })),
    { text: said.state[lang], width: 12, of: (row) => row.stateWords[lang], total: null },
    { text: said.checked[lang], width: 40, of: (row) => checkedBy(view, row, lang), total: null },
  ];
}

/** The collected table as its page shows it, village by village, under an official head. */
export async function sendTable(rq: Rq, id: string, format: 'xlsx' | 'csv', wire: Wire): Promise<unknown> {
  const view = await readerOf(rq, wire)((inner) => showInquiry(inner, id));
  const columns = columnsOf(view, rq.lang);
  const list = {
    name: view.title,
    about: [view.unitName, view.period],
    sheetName: { zh: '一张表', en: 'One table' }[rq.lang],
    heads: columns.map(({ text, width }) => ({ text, width })),
    format,
  };
  return sendList(rq, wire, list, async (write) => {
    for (const row of view.rows) await write(columns.map((c) => c.of(row)));
    if (Object.values(view.totals).some((t) => t !== null)) await write(columns.map((c) => c.total));
  });
}
