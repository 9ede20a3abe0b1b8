import type { FastifyReply, FastifyRequest } from 'fastify';
import { fill, type Lang, type Params } from '../../domain/words.ts';
import { type Html, html, trusted } from '../platform/http/html.ts';
import { langOf } from '../platform/http/mount.ts';
import { style } from './style.ts';
import { portalWords } from './words.ts';

export type Word = keyof typeof portalWords;

/** How one reader wants the pages: language and size of print, both kept in cookies, with nobody's name. */
export interface Reader {
  readonly lang: Lang;
  readonly large: boolean;
  /** Where they are. */
  readonly path: string;
  /** The same page in another language or size, with what else its address says. */
  withWish(wish: Readonly<Record<string, string>>): string;
  t(word: Word, params?: Params): string;
  say(words: { zh: string; en?: string | undefined }): string;
}

const year = { path: '/', maxAge: 31_536_000, sameSite: 'lax' } as const;

/** Reads the reader's wishes; links of the page itself change them, so that no script is needed for it. */
export function readerOf(request: FastifyRequest, reply: FastifyReply): Reader {
  const query = request.query as { lang?: unknown; size?: unknown };
  if (query.lang === 'zh' || query.lang === 'en') void reply.setCookie('lang', query.lang, year);
  if (query.size === 'large' || query.size === 'normal') void reply.setCookie('size', query.size, year);
  const lang = query.lang === 'zh' || query.lang === 'en' ? query.lang : langOf(request);
  const size = query.size === 'large' || query.size === 'normal' ? query.size : request.cookies['size'];
  const [path = '/', asked = ''] = request.url.split('?', 2);
  return {
    lang,
    large: size === 'large',
    path,
    withWish: (wish) =>
      `${path}?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(asked)), ...wish })}`,
    t: (word, params) => fill(portalWords[word][lang], params),
    say: (words) => words[lang] ?? words.zh,
  };
}

const places = [
  ['/open', 'notices'],
  ['/open/receipts', 'ask-receipt'],
  ['/certificates', 'certificate'],
  ['/verify', 'verify-title'],
] as const;

/** Both languages side by side, each in its own words, so that a reader of either finds the way out of the other. */
const languages = (r: Reader): Html =>
  html`<span class="langs" role="group" aria-label="${r.t('languages')}">
    ${(['zh', 'en'] as const).map((lang) => {
      const tag = lang === 'zh' ? 'zh-CN' : 'en';
      return lang === r.lang
        ? html`<strong lang="${tag}" aria-current="true">${languageNames[lang]}</strong>`
        : html`<a href="${r.withWish({ lang })}" lang="${tag}" hreflang="${tag}">${languageNames[lang]}</a>`;
    })}
  </span>`;
const languageNames = { zh: '中文', en: 'English' } as const;

export function page(r: Reader, title: string, body: Html): string {
  const { t } = r;
  const here = places.findLast(([path]) => r.path.startsWith(path))?.[0];
  return html`<!doctype html>
    <html lang="${r.lang === 'zh' ? 'zh-CN' : 'en'}" ${r.large ? trusted(' class="large"') : ''}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${t('product')}</title>
        <link rel="icon" href="/star.svg" />
        <style>
          ${trusted(style)}
        </style>
        <script src="/open/portal.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">${t('skip')}</a>
        <header>
          <div>
            <nav aria-label="${t('pages')}">
              <strong>${t('product')}</strong>
              ${places.map(([path, word]) => html`<a href="${path}" ${path === here ? trusted(' aria-current="page"') : ''}>${t(word)}</a>`)}
            </nav>
            <div class="tools">
              <a href="${r.withWish({ size: r.large ? 'normal' : 'large' })}"
                >${r.large ? t('smaller') : t('larger')}</a
              >
              ${languages(r)}
            </div>
          </div>
        </header>
        <main id="main">${body}</main>
        <footer><a href="/sign-in">${t('sign-in')}</a></footer>
      </body>
    </html>`.html;
}

/** Shown only where there is script to print with. */
export const printButton = (r: Reader) =>
  html`<p class="no-print" data-print hidden><button type="button" class="do">${r.t('print')}</button></p>`;

/** The whole script of these pages. */
export const script = `for (const p of document.querySelectorAll('[data-print]')) {
  p.hidden = false;
  p.querySelector('button').onclick = () => print();
}
`;
