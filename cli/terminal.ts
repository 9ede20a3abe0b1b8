import type { Lang, Words } from '../domain/words.ts';

/** Where a command speaks: results on stdout, everything else on stderr, so that results can be piped on. */
export interface Terminal {
  readonly lang: Lang;
  out(text: string): void;
  note(words: Words): void;
  warn(words: Words): void;
  /** How far something long is; `done()` ends the line. Nothing is shown for what is over within two seconds. */
  progress(what: Words): Progress;
}

export interface Progress {
  at(done: number, total?: number): void;
  done(): void;
}

const firstMs = 2_000;
const everyMs = 500;
const everyPlainMs = 5_000;

export function langOf(env: Readonly<Record<string, string | undefined>>, argv: readonly string[]): Lang {
  const asked = argv.indexOf('--lang');
  const value = asked >= 0 ? argv[asked + 1] : argv.find((a) => a.startsWith('--lang='))?.slice('--lang='.length);
  const text = value ?? env['WUXING_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^zh/i.test(text) ? 'zh' : 'en';
}

export function terminal(lang: Lang): Terminal {
  const { stderr, stdout } = process;
  return {
    lang,
    out: (text) => void stdout.write(`${text}\n`),
    note: (words) => void stderr.write(`${words[lang]}\n`),
    warn: (words) => void stderr.write(`${words[lang]}\n`),
    progress: (what) => {
      const begun = Date.now();
      let told = 0;
      const say = (text: string) => {
        // A screen shows one line that changes; a log file gets a line now and then.
        if (stderr.isTTY) stderr.write(`\r\u001b[2K${text}`);
        else stderr.write(`${text}\n`);
        told = Date.now();
      };
      return {
        at: (done, total) => {
          const now = Date.now();
          if (now - begun < firstMs || now - told < (stderr.isTTY ? everyMs : everyPlainMs)) return;
          const share = total ? ` ${Math.floor((done / total) * 100)} %` : '';
          say(`${what[lang]}${share} (${done}${total ? ` / ${total}` : ''})`);
        },
        done: () => {
          if (told > 0 && stderr.isTTY) stderr.write('\r\u001b[2K');
        },
      };
    },
  };
}
