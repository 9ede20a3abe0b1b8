import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Dropdown } from 'antd';
import { useState } from 'react';
import { accounts, type Me } from '../../domain/records/accounts/index.ts';
import { call } from '../api/call.ts';
import { queryClient, useRead } from '../api/hooks.ts';
import { StarShape } from '../ui/Marks.tsx';
import { shellWords } from '../words/shell.ts';
import { useLang, useWords } from '../words/use.ts';
import { DemoBar } from './DemoBar.tsx';
import { FindUnit } from './FindUnit.tsx';
import { Glyph } from './Glyph.tsx';
import { MeContext, useCan, useMe } from './me.ts';
import { menu } from './menu.ts';
import { useNews } from './news.ts';
import { SampleBanner } from './SampleBanner.tsx';
import { UnitTree } from './UnitTree.tsx';
import { useInboxCount } from './inbox-count.ts';

const memory = 'tree';

export function Shell() {
  const me = useRead(accounts.me);
  if (!me.data) return null;
  return (
    <MeContext value={me.data}>
      <Frame me={me.data} />
    </MeContext>
  );
}

function Frame(props: { me: Me }) {
  const t = useWords(shellWords);
  const [tree, setTree] = useState(() => localStorage.getItem(memory) !== 'off');
  const [drawer, setDrawer] = useState(false);
  useNews();
  const showTree = (on: boolean) => {
    localStorage.setItem(memory, on ? 'on' : 'off');
    setTree(on);
  };
  return (
    <div className={tree ? 'shell' : 'shell no-side'}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="topbar">
        <Button className="only-narrow" type="text" aria-label={t('menu')} onClick={() => setDrawer(true)}>
          <Glyph path="M4 6h16M4 12h16M4 18h16" />
        </Button>
        <Brand />
        <Button
          className="only-wide"
          type="text"
          size="small"
          aria-label={tree ? t('hide-tree') : t('show-tree')}
          aria-expanded={tree}
          title={tree ? t('hide-tree') : t('show-tree')}
          onClick={() => showTree(!tree)}
        >
          <Glyph path={tree ? 'M4 4h16v16H4zM10 4v16M16 9l-3 3 3 3' : 'M4 4h16v16H4zM10 4v16M13 9l3 3-3 3'} size={18} />
        </Button>
        <FindUnit />
        <Tools me={props.me} />
      </header>
      <nav className="rail" aria-label={t('main')}>
        <MenuLinks />
      </nav>
      {tree && (
        <aside className="side" aria-label={t('units')}>
          <UnitTree />
        </aside>
      )}
      <main id="main" className="main" tabIndex={-1}>
        <SampleBanner />
        <Outlet />
        <DemoBar />
      </main>
      <Drawer
        open={drawer}
        onClose={() => setDrawer(false)}
        placement="left"
        size={320}
        title={t('menu')}
        styles={{ body: { padding: 0 } }}
      >
        <MeContext value={props.me}>
          <nav className="drawer-menu" aria-label={t('main')} onClick={() => setDrawer(false)}>
            <MenuLinks />
          </nav>
          <UnitTree onChosen={() => setDrawer(false)} />
        </MeContext>
      </Drawer>
    </div>
  );
}

function Brand() {
  const t = useWords(shellWords);
  return (
    <Link to="/" className="brand">
      <StarShape held size={24} />
      <span className="only-wide">{t('product')}</span>
      <span className="sr-only">{t('home')}</span>
    </Link>
  );
}

function MenuLinks() {
  const t = useWords(shellWords);
  const can = useCan();
  const count = useInboxCount();
  return menu
    .filter((item) => item.verbs === undefined || item.verbs.some((verb) => can(verb)))
    .map((item) => (
      <Link
        key={item.to}
        to={item.to}
        activeOptions={{ exact: item.to === '/', includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        <span className="glyph">
          <Glyph path={item.glyph} />
          {item.to === '/' && count > 0 && <span className="count">{count > 99 ? '99+' : count}</span>}
        </span>
        {t(item.words)}
      </Link>
    ));
}

function Tools(props: { me: Me }) {
  const t = useWords(shellWords);
  const { lang, setLang } = useLang();
  const navigate = useNavigate();
  const leave = async () => {
    await call(accounts.signOut);
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <div className="tools">
      <Button
        type="text"
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
        aria-label={t('language-label')}
        onClick={() => {
          const next = lang === 'zh' ? 'en' : 'zh';
          setLang(next);
          void call(accounts.setLang, { body: { lang: next } });
        }}
      >
        {t('language')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', disabled: true, label: <PersonLines /> },
            { key: 'me', label: t('my-account'), onClick: () => void navigate({ to: '/me' }) },
            { key: 'points', label: t('my-points'), onClick: () => void navigate({ to: '/points' }) },
            { key: 'out', label: t('sign-out'), onClick: () => void leave() },
          ],
        }}
      >
        <Button type="text" title={props.me.name}>
          <span className="who">{props.me.name}</span>
          <span aria-hidden="true"> ▾</span>
        </Button>
      </Dropdown>
    </div>
  );
}

function PersonLines() {
  const me = useMe();
  return (
    <span style={{ display: 'block', maxWidth: 260, whiteSpace: 'normal' }}>
      {me.home.name} · {me.name}
    </span>
  );
}
