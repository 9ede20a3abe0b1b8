// `wuxing score`: the headless main job. Reads a standard and values, decides every star, and writes who holds which.
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { pointsText } from '../domain/stars/decimal.ts';
import { explain, explainGap } from '../domain/stars/explain.ts';
import type { Language } from '../domain/stars/explain.ts';
import { gap } from '../domain/stars/gap.ts';
import { compile } from '../domain/stars/kernel.ts';
import type { BulkResult } from '../domain/stars/kernel.ts';
import type { Result } from '../domain/stars/result.ts';
import { standingsOf } from '../domain/stars/score-all.ts';
import type { PeerScope } from '../domain/stars/score-all.ts';
import { score } from '../domain/stars/score.ts';
import type { UnitValues } from '../domain/stars/score.ts';
import { criteriaOf } from '../domain/stars/standard.ts';
import type { Standard } from '../domain/stars/standard.ts';
import { readStandard } from '../server/platform/yaml-standard.ts';
import { collectProblems } from './score-input.ts';
import type { Problems, Words } from './score-input.ts';
import { readUnits, readValues } from './score-units.ts';
import type { ScoreInput } from './score-units.ts';

export const scoreHelp: Words = {
  zh: `wuxing score --standard 标准.yaml --values 取值.csv --out 结果.csv [--units 单位.csv]
  按标准为每个支部评星。取值表头：unit,criterion,value；否决项写 1；评议可有多行。
  --units 单位.csv           表头 unit,township,county,scheme，用于同类比较；没有时全部单位为一组
  --rank-within 范围         名次的比较范围：all（默认）、county、township
  --explain 单位             用文字说明一个单位的每颗星
  --gap 单位 [--star 星]     一个单位得到某颗星最省力的办法
  --lang zh|en               输出语言，默认 zh
退出码：0 成功；2 输入有误（每个问题一行，写明文件和行号，不产生结果文件）。
`,
  en: `wuxing score --standard FILE.yaml --values FILE.csv --out FILE.csv [--units FILE.csv]
  Decides the stars of every branch. Values have the header unit,criterion,value; a veto in force is 1; a review may have
  several rows.
  --units FILE.csv           header unit,township,county,scheme, for peers; without it all units are one peer group
  --rank-within SCOPE        the peer group of the rank: all (default), county, township
  --explain UNIT             every star of one unit in words
  --gap UNIT [--star ID]     the cheapest way of one unit to a star
  --lang zh|en               language of the output, zh unless said
Exit code: 0 done; 2 bad input (one line a problem with file and line; no result file is written).
`,
};

type Options = {
  standard: string;
  values: string;
  out: string | undefined;
  units: string | undefined;
  explain: string | undefined;
  gap: string | undefined;
  star: string | undefined;
  within: PeerScope;
  language: Language;
};

export async function scoreCommand(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'number') return options;
  const problems = collectProblems(options.language);
  const standard = await loadStandard(options.standard, problems, options.language);
  if (!standard) return refuse(problems);
  const list = options.units === undefined ? null : await readUnits(options.units, standard, problems);
  const input = await readValues(options.values, standard, list, problems);
  if (problems.lines().length > 0) return refuse(problems);
  const texts = describe(standard, input, options, problems);
  if (problems.lines().length > 0) return refuse(problems);
  if (options.out !== undefined) {
    const result = compile(standard).run(input.table.finish(input.units), { rankWithin: options.within });
    const written = await writeWhole(options.out, scoresCsv(standard, input, result));
    if (written !== null) {
      problems.add(options.out, 1, { zh: `无法写入：${written}`, en: `cannot be written: ${written}` });
      return refuse(problems);
    }
  }
  if (texts.length > 0) process.stdout.write(`${texts.join('\n')}\n`);
  return 0;
}

function refuse(problems: Problems): number {
  process.stderr.write(`${problems.lines().join('\n')}\n`);
  return 2;
}

/** The options, or the exit code when there is nothing to run. */
function readOptions(argv: string[]): Options | number {
  const text = { type: 'string' } as const;
  const names = {
    standard: text,
    values: text,
    out: text,
    units: text,
    explain: text,
    gap: text,
    star: text,
    lang: text,
  };
  let given: Partial<Record<keyof typeof names | 'rank-within', string>> & { help?: boolean };
  try {
    const options = { ...names, 'rank-within': text, help: { type: 'boolean', short: 'h' } } as const;
    given = parseArgs({ args: argv, options, allowPositionals: false }).values;
  } catch (error) {
    return usage('zh', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const { standard, values, out, units, star, lang = 'zh', 'rank-within': within = 'all' } = given;
  const language: Language = lang === 'en' ? 'en' : 'zh';
  if (given.help) {
    process.stdout.write(scoreHelp[language]);
    return 0;
  }
  if (lang !== 'zh' && lang !== 'en') return usage(language, '--lang zh|en');
  if (within !== 'all' && within !== 'county' && within !== 'township')
    return usage(language, '--rank-within all|county|township');
  if (standard === undefined || values === undefined) return usage(language, '--standard, --values');
  if (out === undefined && given.explain === undefined && given.gap === undefined) return usage(language, '--out');
  if (star !== undefined && given.gap === undefined) return usage(language, '--gap');
  return { standard, values, out, units, explain: given.explain, gap: given.gap, star, within, language };
}

function usage(language: Language, fault: string): number {
  const words =
    language === 'zh' ? `wuxing score: 参数缺少或有误：${fault}` : `wuxing score: missing or wrong option: ${fault}`;
  process.stderr.write(`${words}\n\n${scoreHelp[language]}`);
  return 2;
}

async function loadStandard(file: string, problems: Problems, language: Language): Promise<Standard | null> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    problems.add(file, 1, { zh: `文件无法读取：${detail}`, en: `the file cannot be read: ${detail}` });
    return null;
  }
  const read = readStandard(text);
  const labelled = (field: string, words: Words): Words => {
    if (field === '') return words;
    return { zh: `${field}：${words.zh}`, en: `${field}: ${words.en}` };
  };
  if (!read.ok) {
    for (const { line, field, message } of read.issues) problems.add(file, line, labelled(field, message));
    return null;
  }
  for (const { line, field, message } of read.warnings) {
    const words = labelled(field, message)[language];
    process.stderr.write(`${file}:${line}: ${language === 'zh' ? '提醒：' : 'warning: '}${words}\n`);
  }
  return read.standard;
}

/** The lines of --explain and --gap; a unit or star that is not there is a problem of the values or the standard. */
function describe(standard: Standard, input: ScoreInput, options: Options, problems: Problems): string[] {
  const { language, star } = options;
  const find = (unit: string): Result | null => {
    const result = resultOf(standard, input, unit);
    const file = options.units ?? options.values;
    if (!result) problems.add(file, 1, { zh: `没有单位 ${unit} 可评`, en: `there is no unit ${unit} to score` });
    return result;
  };
  const lines: string[] = [];
  if (options.explain !== undefined) {
    const result = find(options.explain);
    if (result) lines.push(...explain(standard, result, language));
  }
  if (options.gap === undefined) return lines;
  if (star !== undefined && !standard.stars.some((one) => one.id === star)) {
    problems.add(options.standard, 1, { zh: `标准中没有星 ${star}`, en: `the standard has no star ${star}` });
    return lines;
  }
  const result = find(options.gap);
  if (!result) return lines;
  for (const { id, held } of result.stars) {
    if (star === undefined ? held : id !== star) continue;
    if (lines.length > 0) lines.push('');
    lines.push(...explainGap(gap(standard, result, id), language));
  }
  return lines;
}

/** One unit with its reasons, by the reference; its peers are the units of the table. */
function resultOf(standard: Standard, { units, table, vetoes }: ScoreInput, unit: string): Result | null {
  const row = units.findIndex((one) => one.unit === unit);
  const own = units[row];
  if (!own) return null;
  const ranked = criteriaOf(standard).flatMap(({ criterion }, index) =>
    criterion.rule.type === 'rank' ? [{ id: criterion.id, index }] : [],
  );
  const peers = units.map((one, at) => ({
    ...one,
    values: Object.fromEntries(
      ranked.flatMap(({ id, index }) => (table.has(at, index) ? [[id, table.given(at, index)]] : [])),
    ),
  }));
  const given: UnitValues = {
    unit,
    values: table.valuesOf(row),
    vetoes: standard.vetoes.filter((_, index) => vetoes.get(row)?.has(index)).map((veto) => veto.id),
  };
  return score(standard, given, standingsOf(standard, peers)[row]);
}

/** `unit,level,total,rank` and two columns a star; rows in rank order, then by unit. */
function scoresCsv(standard: Standard, { units }: ScoreInput, result: BulkResult): string {
  const header = [
    'unit',
    'level',
    'total',
    'rank',
    ...standard.stars.flatMap(({ id }) => [`${id}_points`, `${id}_held`]),
  ];
  const lines = [header.map(quoted).join(',')];
  const order = Uint32Array.from(result.order).sort(
    (a, b) => result.rank[a]! - result.rank[b]! || compareText(units[a]!.unit, units[b]!.unit),
  );
  for (const row of order) {
    const stars = result.stars.map(({ points, held }) => `${pointsText(points[row]!)},${held[row]}`);
    const { unit } = units[row]!;
    lines.push(
      `${quoted(unit)},${result.level[row]},${pointsText(result.total[row]!)},${result.rank[row]},${stars.join(',')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** By code point, so that the order is the same on every machine and in every language; surrogates sort last as they should. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Writes beside the target and renames, so that a result file is always whole. Returns the fault, if any. */
async function writeWhole(file: string, text: string): Promise<string | null> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const target = await stat(file).catch(() => null);
    // A pipe or a terminal (`--out /dev/stdout`) is written to; renaming would put a file in its place.
    if (target && !target.isFile() && !target.isDirectory()) {
      await writeFile(file, text);
      return null;
    }
    await writeFile(temporary, text);
    await rename(temporary, file);
    return null;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return error instanceof Error ? error.message : String(error);
  }
}
