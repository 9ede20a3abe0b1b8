import type { FilledReport } from '../../../domain/reports/contract.ts';
import { aside } from '../../words/punctuation.ts';
import type { Said } from '../../words/use.ts';

// A draft as it is edited: words that can be typed in, and each reference as a piece that can be moved or deleted as a whole
// and not typed in. The page builds the pieces and reads them back by itself, because what the browser changes while somebody
// types is not React's.

interface Chip {
  readonly shown: string;
  readonly title: string;
  readonly blank: boolean;
}
export type Chips = ReadonlyMap<string, Chip>;

const tokens = /(\{\{[^}]*\}\})/;
const isToken = (part: string) => /^\{\{[^}]*\}\}$/.test(part);

/** What each reference of the text shows: the name of the unit, or its number as the report has it now. */
export function chipsOf(text: string, filled: FilledReport, say: (words: Said) => string, blank: string): Chips {
  let n = 0;
  const chips = new Map<string, Chip>();
  for (const token of text.split(tokens).filter(isToken)) {
    if (/^\{\{\s*unit\s*\}\}$/.test(token)) {
      chips.set(token, { shown: filled.unitName, title: filled.unitName, blank: false });
      continue;
    }
    const figure = filled.figures[n++];
    const shown = figure?.display ?? `【${blank}】`;
    const title = figure ? say(figure.words) + aside(shown) : token;
    chips.set(token, { shown, title, blank: (figure?.display ?? null) === null });
  }
  return chips;
}

function piece(part: string, chips: Chips): Node {
  const chip = chips.get(part);
  if (!chip) return document.createTextNode(part);
  const span = document.createElement('span');
  span.contentEditable = 'false';
  span.className = chip.blank ? 'chip blank' : 'chip';
  span.dataset['token'] = part;
  span.title = chip.title;
  span.textContent = chip.shown;
  return span;
}

const pieces = (text: string, chips: Chips) =>
  text
    .split(tokens)
    .filter((part) => part !== '')
    .map((part) => piece(part, chips));

function lineOf(raw: string, before: string, chips: Chips): HTMLElement {
  const mark = /^\s*#{1,3}\s+/.exec(raw)?.[0] ?? '';
  const line = document.createElement('div');
  line.dataset['before'] = before;
  setMark(line, mark);
  line.append(...pieces(raw.slice(mark.length), chips));
  return line;
}

function setMark(line: HTMLElement, mark: string): void {
  line.dataset['mark'] = mark;
  line.className = ['line', 'line title', 'line heading', 'line subheading'][mark.trim().length] ?? 'line';
}

/** Shows the text in the host: one element for each line that says something, which remembers the blank ones before it. */
export function showDraft(host: HTMLElement, text: string, chips: Chips): void {
  let before = '';
  const lines: HTMLElement[] = [];
  for (const raw of text.split('\n'))
    if (raw.trim() === '') before += `${raw}\n`;
    else {
      lines.push(lineOf(raw, before, chips));
      before = '';
    }
  host.replaceChildren(...lines);
}

function wordsIn(node: Node): string {
  if (node instanceof HTMLElement) {
    const { token } = node.dataset;
    if (token !== undefined) return token;
    if (node.tagName === 'BR') return node.nextSibling ? '\n' : '';
  }
  if (node instanceof Text) return node.data;
  return [...node.childNodes].map(wordsIn).join('');
}

/** The text with its references, as it is kept; what nobody touched comes back exactly as it was. */
export function draftIn(host: HTMLElement): string {
  let text = '';
  for (const line of host.childNodes) {
    const words = wordsIn(line);
    if (words.trim() === '') continue;
    const { mark = '', before = '\n' } = line instanceof HTMLElement ? line.dataset : {};
    text += (text === '' ? '' : `\n${before}`) + mark + words;
  }
  return text;
}

/** After a heading comes a paragraph: the browser would begin another heading there. */
export function paragraphAfterHeading(): void {
  const at = document.getSelection()?.anchorNode;
  const line = (at instanceof HTMLElement ? at : at?.parentElement)?.closest<HTMLElement>('[data-mark]');
  if (line && line.dataset['mark'] !== '' && wordsIn(line).trim() === '') setMark(line, '');
}

/** What is selected, references and all, so that it can be put in elsewhere. */
export function selectedDraft(): string {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return '';
  const [first, ...rest] = [...selection.getRangeAt(0).cloneContents().childNodes];
  if (!first) return '';
  const isLine = (node: Node) => node instanceof HTMLElement && node.dataset['mark'] !== undefined;
  return rest.reduce((text, node) => text + (isLine(node) ? '\n' : '') + wordsIn(node), wordsIn(first));
}

/** Stands a reference at the caret. The browser would put it beside the line where a line ends, so this is done by hand. */
function standAtCaret(chip: HTMLElement): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return;
  const at = selection.getRangeAt(0);
  const node = at.startContainer;
  const within = (node instanceof HTMLElement ? node : node.parentElement)?.closest('[data-token]');
  if (within) at.setStartAfter(within);
  at.collapse(true);
  at.insertNode(chip);
  at.setStartAfter(chip);
  at.collapse(true);
  selection.removeAllRanges();
  selection.addRange(at);
}

/** Puts text in at the caret as if it were typed; references become pieces again, and each line a paragraph. */
export function putIn(text: string, chips: Chips): void {
  if (document.getSelection()?.isCollapsed === false) document.execCommand('delete');
  const lines = text.split(/\r?\n/).filter((line, i) => i === 0 || line.trim() !== '');
  for (const [i, line] of lines.entries()) {
    if (i > 0) document.execCommand('insertParagraph');
    for (const node of pieces(line, chips))
      if (node instanceof HTMLElement) standAtCaret(node);
      else document.execCommand('insertText', false, node.textContent ?? '');
  }
}

/** Bold and slanted would be lost: an official layout knows neither. */
export function refuseFormats(event: InputEvent): void {
  if (event.inputType.startsWith('format')) event.preventDefault();
}
