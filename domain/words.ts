/** A text in both languages of the platform. Chinese is what the screen shows first. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Lang = 'zh' | 'en';

export type Params = Readonly<Record<string, string | number>>;

/** Puts parameters into `{name}` places; an unknown place stays visible, so that a wrong dictionary is noticed. */
export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));
}

/** Parameters of words in both languages; what has words of its own (a stage, a state) is put in as each language says it. */
export type SaidParams = Readonly<
  Record<string, string | number | { readonly zh: string; readonly en?: string | undefined }>
>;

const saidIn = (lang: Lang, params: SaidParams): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? (value[lang] ?? value.zh) : value,
    ]),
  );

export function fillWords(words: Words, params: SaidParams = {}): Words {
  return { zh: fill(words.zh, saidIn('zh', params)), en: fill(words.en, saidIn('en', params)) };
}

/** Several of them in one text, with the marks of each language between them. */
export function listed(items: readonly (string | Words)[]): Words {
  const said = (lang: Lang) => items.map((item) => (typeof item === 'string' ? item : item[lang]));
  return { zh: said('zh').join('、'), en: said('en').join(', ') };
}

/** A reason why something is not possible now: a stable code, its parameters and its words in both languages. */
export interface Reason {
  readonly code: string;
  readonly params: Params;
  readonly words: Words;
}

/**
 * Declares a module's refusals. The result makes a reason from a code, so that a rule can only return codes whose words
 * exist in both languages; the server refuses with it and the page greys its button with it.
 */
export function reasons<const D extends Readonly<Record<string, Words>>>(
  dictionary: D,
): (code: keyof D & string, params?: SaidParams) => Reason {
  return (code, params = {}) => ({
    code,
    params: saidIn('zh', params),
    words: fillWords(dictionary[code] as Words, params),
  });
}
