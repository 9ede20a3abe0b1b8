import { posix } from 'node:path';
import { sheetFailure } from './types.ts';
import { localName, readWhole } from './xml.ts';
import { type Entry, unpacked } from './zip.ts';

export type Entries = ReadonlyMap<string, Entry>;

/** What has to be known before the cells of a sheet can be read. */
export interface Workbook {
  readonly sheet: Entry;
  /** Days are counted from 1904, as old programs on the Macintosh did. */
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** Whether cells of this style show a day, by the number of the style. */
  readonly days: readonly boolean[];
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** The relations of a part, by their ids, with targets as names of entries. */
async function relationsOf(entries: Entries, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const entry = entries.get(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  const relations = new Map<string, Relation>();
  if (!entry) return relations;
  await readWhole(unpacked(entry), {
    open(name, a) {
      if (name !== 'Relationship' || a['TargetMode'] === 'External') return;
      const target = a['Target'] ?? '';
      const resolved = target.startsWith('/') ? posix.normalize(target.slice(1)) : posix.join(folder, target);
      // The strict and the usual form of the format differ only in where the types are said to come from.
      relations.set(a['Id'] ?? '', { type: posix.basename(a['Type'] ?? ''), target: resolved });
    },
  });
  return relations;
}

interface ListedSheet {
  readonly relation: string;
  readonly visible: boolean;
}

async function listedSheets(entry: Entry): Promise<{ sheets: ListedSheet[]; from1904: boolean }> {
  const sheets: ListedSheet[] = [];
  let from1904 = false;
  await readWhole(unpacked(entry), {
    open(name, a) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(a['date1904'] ?? '');
      if (name !== 'sheet') return;
      // The id of the relation is the one attribute called id that has a prefix; which prefix is up to the program.
      const key = Object.keys(a).find((k) => k.includes(':') && localName(k) === 'id');
      sheets.push({ relation: key ? a[key]! : '', visible: (a['state'] ?? 'visible') === 'visible' });
    },
  });
  return { sheets, from1904 };
}

/** Control characters stand as _x000D_ in a workbook; those that no text may hold are left out. */
function decoded(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    const none = (code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 0xd800 && code <= 0xdfff);
    return none || code >= 0xfffe ? '' : String.fromCharCode(code);
  });
}

/**
 * Gathers the text of one string item or inline string: its runs one after the other, without the readings that
 * East Asian programs keep beside them (`rPh`).
 */
export function textOfRuns() {
  let parts: string[] = [];
  let reading = 0;
  let inText = false;
  return {
    begin() {
      parts = [];
      [reading, inText] = [0, false];
    },
    open(name: string) {
      if (name === 'rPh') reading++;
      else if (name === 't') inText = reading === 0;
    },
    text(text: string) {
      if (inText) parts.push(text);
    },
    close(name: string) {
      if (name === 'rPh') reading--;
      else if (name === 't') inText = false;
    },
    end: () => decoded(parts.length === 1 ? parts[0]! : parts.join('')),
  };
}

async function stringsOf(entry: Entry | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!entry) return strings;
  const runs = textOfRuns();
  await readWhole(unpacked(entry), {
    open: (name) => (name === 'si' ? runs.begin() : runs.open(name)),
    text: (text) => runs.text(text),
    close(name) {
      // A text of its own, not a part of the piece of file it was cut from.
      if (name === 'si') strings.push(Buffer.from(runs.end()).toString());
      else runs.close(name);
    },
  });
  return strings;
}

/** Formats every program knows by number that show a day; 27 to 36 and 50 to 58 are those of East Asian programs. */
const dayFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
for (const [from, to] of [
  [27, 36],
  [50, 58],
] as const)
  for (let id = from; id <= to; id++) dayFormats.add(id);

/** A format shows a day when letters for parts of a day are left after colours, quoted and escaped text are taken out. */
export function showsDay(format: string): boolean {
  const letters = format.replaceAll(/"[^"]*"|\[[^\]]*\]|[\\_*].|general/gi, '');
  return /[ymdhs]|aaa|bb/i.test(letters);
}

async function daysOf(entry: Entry | undefined): Promise<boolean[]> {
  const days: boolean[] = [];
  if (!entry) return days;
  const own = new Map<number, boolean>();
  let ofCells = false;
  await readWhole(unpacked(entry), {
    open(name, a) {
      if (name === 'numFmt') own.set(Number(a['numFmtId']), showsDay(a['formatCode'] ?? ''));
      else if (name === 'cellXfs') ofCells = true;
      else if (name === 'xf' && ofCells) {
        const id = Number(a['numFmtId'] ?? 0);
        days.push(own.get(id) ?? dayFormats.has(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') ofCells = false;
    },
  });
  return days;
}

/** Parts that hold a program: macros of Office, those of Excel 4 and controls. A sheet to import needs none of them. */
const program = /(^|\/)(vbaProject\.bin|macrosheets\/|activeX\/)/i;

/** Finds the first sheet that a person would see, and reads what its cells refer to. */
export async function openWorkbook(entries: Entries): Promise<Workbook> {
  if ([...entries.keys()].some((name) => program.test(name))) throw sheetFailure('macros');
  const top = [...(await relationsOf(entries, '')).values()].find((r) => r.type === 'officeDocument');
  const part = top && entries.has(top.target) ? top.target : 'xl/workbook.xml';
  const book = entries.get(part);
  if (!book) throw sheetFailure('not-a-sheet');
  const { sheets, from1904 } = await listedSheets(book);
  const relations = await relationsOf(entries, part);
  const tables = sheets
    .map((s) => ({ visible: s.visible, relation: relations.get(s.relation) }))
    .filter((s) => s.relation?.type === 'worksheet');
  const first = tables.find((s) => s.visible) ?? tables[0];
  const sheet = first && entries.get(first.relation!.target);
  if (!sheet) throw sheetFailure('unreadable');
  const named = (type: string) => {
    const relation = [...relations.values()].find((r) => r.type === type);
    return relation && entries.get(relation.target);
  };
  return {
    sheet,
    from1904,
    strings: await stringsOf(named('sharedStrings')),
    days: await daysOf(named('styles')),
  };
}
