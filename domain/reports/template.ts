import { type Show, shows, type Turn, turnNames } from '../records/facts/display.ts';
import type { Words } from '../words.ts';
import type { UnitType } from '../records/units/types.ts';

/** The year a reference looks at, told from the year of the report. */
export const spans = ['this', 'last', 'to-date', 'planned'] as const;
export type TemplateSpan = (typeof spans)[number];

/** A place in the text where a figure stands: never a number, always a reference. */
export interface Reference {
  readonly key: string;
  readonly span: TemplateSpan;
  readonly show: Show;
  /** Of a change: the word that says which way it went (上升 or 下降). */
  readonly turn: Turn | null;
  /** The blank of the source that it fills (F007). */
  readonly id: string | null;
}

export type Piece = { readonly text: string } | { readonly reference: Reference } | { readonly unitName: true };

export interface Block {
  readonly kind: 'title' | 'heading' | 'subheading' | 'paragraph';
  readonly pieces: readonly Piece[];
}

export interface Template {
  readonly id: string;
  readonly for: readonly UnitType[];
  readonly title: Words;
  readonly blocks: readonly Block[];
}

export interface TemplateFault {
  readonly line: number;
  readonly message: Words;
}

const fault = (line: number, zh: string, en: string): TemplateFault => ({ line, message: { zh, en } });

function optionsOf(parts: readonly string[], line: number, faults: TemplateFault[]): Omit<Reference, 'key'> {
  let span: TemplateSpan = 'to-date';
  let show: Show = 'plain';
  let turn: Turn | null = null;
  let id: string | null = null;
  for (const part of parts) {
    const [name, value = ''] = part.split('=', 2) as [string, string?];
    if (name === 'period' && (spans as readonly string[]).includes(value)) span = value as TemplateSpan;
    else if (name === 'show' && (shows as readonly string[]).includes(value)) show = value as Show;
    else if (name === 'turn' && (turnNames as readonly string[]).includes(value)) turn = value as Turn;
    else if (name === 'id' && /^F\d{3}$/.test(value)) id = value;
    else faults.push(fault(line, `看不懂“${part}”`, `“${part}” is not understood`));
  }
  return { span, show, turn, id };
}

function piecesOf(text: string, line: number, isFigure: (key: string) => boolean, faults: TemplateFault[]): Piece[] {
  return text.split(/(\{\{[^}]*\}\})/).flatMap((part): Piece[] => {
    if (part === '') return [];
    const inner = /^\{\{([^}]*)\}\}$/.exec(part)?.[1];
    if (inner === undefined) return [{ text: part }];
    const [key = '', ...options] = inner.trim().split(/\s+/);
    if (key === 'unit') return [{ unitName: true }];
    if (!isFigure(key)) faults.push(fault(line, `没有指标“${key}”`, `There is no figure “${key}”`));
    return [{ reference: { key, ...optionsOf(options, line, faults) } }];
  });
}

const kinds: Readonly<Record<string, Block['kind']>> = { '#': 'title', '##': 'heading', '###': 'subheading' };

/**
 * Reads the text of a report: headings, paragraphs, and references in double braces. What it does not know it names by
 * line; a template with a fault fills no report.
 */
export function parseBody(
  text: string,
  isFigure: (key: string) => boolean,
  firstLine = 1,
): { blocks: Block[]; faults: TemplateFault[] } {
  const faults: TemplateFault[] = [];
  const blocks = text.split('\n').flatMap((raw, i): Block[] => {
    const line = raw.trim();
    if (line === '') return [];
    const [, marks = '', rest = line] = /^(#{1,3})\s+(.*)$/.exec(line) ?? [];
    return [{ kind: kinds[marks] ?? 'paragraph', pieces: piecesOf(rest, firstLine + i, isFigure, faults) }];
  });
  return { blocks, faults };
}

export function referencesOf(blocks: readonly Block[]): Reference[] {
  return blocks.flatMap((b) => b.pieces.flatMap((p) => ('reference' in p ? [p.reference] : [])));
}

/** The period that a reference means in a report on a year (or on a quarter or month, whose year it is). */
export function periodOf(span: TemplateSpan, period: string): string {
  const year = Number(period.slice(0, 4));
  return { this: period, last: String(year - 1), 'to-date': `to-date:${year}`, planned: `planned:${year}` }[span];
}
