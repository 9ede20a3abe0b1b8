// A standard file: YAML in, a validated standard out, every fault with its line and the field it is about.
import { LineCounter, parseDocument, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { parseStandard } from '../../domain/stars/standard.ts';
import type { Standard } from '../../domain/stars/standard.ts';

export type FileIssue = {
  line: number;
  column: number;
  /** `stars[0].criteria[2].points`; empty when the fault is about the file as a whole. */
  field: string;
  message: { zh: string; en: string };
};

/** Where a field of the standard stands in its file. */
export type Placing = (path: (string | number)[]) => Omit<FileIssue, 'message'>;

export type StandardFile =
  { ok: true; standard: Standard; warnings: FileIssue[]; placing: Placing } | { ok: false; issues: FileIssue[] };

/** Reads a standard from the text of its file. */
export function readStandard(text: string): StandardFile {
  try {
    return readDocument(text);
  } catch (error) {
    // The YAML library gives up by throwing on files made to exhaust it: aliases that unfold, nesting without end.
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    const message = { zh: `文件无法读取：${detail}`, en: `the file cannot be read: ${detail}` };
    return { ok: false, issues: [{ line: 1, column: 1, field: '', message }] };
  }
}

function readDocument(text: string): StandardFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true, version: '1.2' });
  if (document.errors.length > 0) {
    const issues = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      const detail = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
      return { line, column: col, field: '', message: { zh: `YAML 语法错误：${detail}`, en: `YAML: ${detail}` } };
    });
    return { ok: false, issues };
  }
  keepWrittenNumbers(document);
  const parsed = parseStandard(document.toJS({ maxAliasCount: 20 }) as unknown);
  const placing: Placing = (path) => ({ ...placeOf(document, path, lines), field: fieldText(path) });
  const placed = (issues: { path: (string | number)[]; message: { zh: string; en: string } }[]): FileIssue[] =>
    issues.map(({ path, message }) => ({ ...placing(path), message }));
  if (!parsed.ok) return { ok: false, issues: placed(parsed.issues) };
  return { ok: true, standard: parsed.standard, warnings: placed(parsed.warnings), placing };
}

/**
 * YAML numbers become doubles, which would silently shorten a long decimal and turn version 2026.10 into 2026.1. Numbers
 * keep their text where it says more than the double: in `version`, and where the double has another decimal text.
 */
function keepWrittenNumbers(document: Document): void {
  const walk = (node: unknown, key: string): void => {
    if (isMap(node)) for (const pair of node.items) walk(pair.value, isScalar(pair.key) ? String(pair.key.value) : '');
    if (isSeq(node)) for (const item of node.items) walk(item, '');
    if (!isScalar(node) || typeof node.value !== 'number' || typeof node.source !== 'string') return;
    const digits = node.source
      .replace(/[eE].*$/, '')
      .replace(/\D/g, '')
      .replace(/^0+/, '');
    if (key === 'version' || digits.length > 15) node.value = node.source;
  };
  walk(document.contents, '');
}

/** The position of a field; of the nearest enclosing field that exists when the field itself is missing. */
function placeOf(document: Document, path: (string | number)[], lines: LineCounter): { line: number; column: number } {
  let node: unknown = document.contents;
  let start = offsetOf(node) ?? 0;
  for (const step of path) {
    const next = isMap(node) ? node.items.find((pair) => keyOf(pair) === String(step)) : undefined;
    const item = isSeq(node) ? node.items[Number(step)] : next;
    if (item === undefined) break;
    start = offsetOf(isPair(item) ? item.key : item) ?? start;
    node = isPair(item) ? item.value : item;
  }
  const { line, col } = lines.linePos(start);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

function fieldText(path: (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    '',
  );
}
