import { Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import '../../styles/doors.css';
import { StarShape } from '../../ui/Marks.tsx';
import { accountWords } from '../../words/accounts.ts';
import { shellWords } from '../../words/shell.ts';
import { useLang, useWords } from '../../words/use.ts';

/** The pages before the shell: one panel in the middle, the language and the public notices below. */
export function Door(props: { title: string; tagline: string; children: ReactNode }) {
  const t = useWords(accountWords);
  const s = useWords(shellWords);
  const { lang, setLang } = useLang();
  useEffect(() => {
    document.title = `${props.title} · 五星`;
  }, [props.title]);
  return (
    <div className="door">
      <main className="door-panel">
        <h1>
          <StarShape held size={30} />
          {s('product')}
        </h1>
        <p className="tagline">{props.tagline}</p>
        {props.children}
      </main>
      <footer>
        <span>{t('for-all')}</span>
        <a href="/open">{t('notices')}</a>
        <Button
          size="small"
          type="link"
          aria-label={s('language-label')}
          onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
        >
          {s('language')}
        </Button>
      </footer>
    </div>
  );
}
