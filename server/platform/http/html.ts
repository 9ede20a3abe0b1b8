/** A piece of a page that is already safe to send: made by `html`, never by hand. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (c) => entities[c]!);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(shown).join('');
}

/** Writes a piece of a page; every value in it is escaped, lists are joined, and what is absent leaves no trace. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.reduce((all, text, i) => all + shown(parts[i - 1]) + text) };
}

/** Text of our own that is HTML, CSS or SVG already. Never for what came from a reader or a record. */
export const trusted = (text: string): Html => ({ html: text });
