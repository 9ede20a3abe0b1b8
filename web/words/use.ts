import { createContext, use, useCallback } from 'react';
import { fill, type Lang, type Params } from '../../domain/words.ts';

/** Text in Chinese, with English where the record holds it. Dictionaries of the web always hold both. */
export interface Said {
  readonly zh: string;
  readonly en?: string | undefined;
}

/** A page's words. Both languages are required, so a missing translation does not compile. */
export type Dictionary = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export interface Language {
  readonly lang: Lang;
  readonly setLang: (lang: Lang) => void;
}

export const LanguageContext = createContext<Language>({ lang: 'zh', setLang: () => undefined });

export const useLang = () => use(LanguageContext);

export type Say = (words: Said, params?: Params) => string;

/** Speaks words of records and contracts in the reader's language. */
export function useSay(): Say {
  const { lang } = useLang();
  return useCallback((words, params) => fill(words[lang] ?? words.zh, params), [lang]);
}

export type Speak<D extends Dictionary> = (key: keyof D & string, params?: Params) => string;

/** Speaks words of a page's dictionary in the reader's language. */
export function useWords<D extends Dictionary>(dictionary: D): Speak<D> {
  const say = useSay();
  return useCallback((key, params) => say(dictionary[key] as Said, params), [say, dictionary]);
}

const memory = 'lang';

/** The language this browser was last used in. */
export function rememberedLang(): Lang | null {
  const found = document.cookie.match(/(?:^|; )lang=(zh|en)/)?.[1];
  return (found as Lang | undefined) ?? null;
}

/** The server reads the same cookie, so that refusals arrive in the reader's language. */
export function rememberLang(lang: Lang): void {
  document.cookie = `${memory}=${lang}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}
