import { Link } from '@tanstack/react-router';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useScreen } from '../../ui/search-state.ts';
import { dailyWords } from '../../words/daily.ts';
import { useWords } from '../../words/use.ts';
import type { WorkScreen } from './WorkPage.tsx';

interface View {
  readonly name: string;
  readonly search: WorkScreen;
}

const memory = 'work.views';

/** Views that the reader keeps in this browser: the address of a list under a name of their own. */
export function SavedViews() {
  const t = useWords(dailyWords);
  const [screen] = useScreen<WorkScreen>();
  const [views, setViews] = useState<View[]>(() => JSON.parse(localStorage.getItem(memory) ?? '[]') as View[]);
  const [name, setName] = useState('');
  const keep = (next: View[]) => {
    localStorage.setItem(memory, JSON.stringify(next));
    setViews(next);
  };
  const add = () => {
    if (name.trim() === '') return;
    keep(
      [...views.filter((v) => v.name !== name.trim()), { name: name.trim(), search: { ...screen, offset: 0 } }].slice(
        -20,
      ),
    );
    setName('');
  };
  const form = (
    <div className="row">
      <Input
        value={name}
        aria-label={t('view-name')}
        placeholder={t('view-name')}
        maxLength={30}
        onChange={(e) => setName(e.target.value)}
        onPressEnter={add}
      />
      <Button onClick={add}>{t('save-view')}</Button>
    </div>
  );
  return (
    <div className="row no-print" role="group" aria-label={t('views')}>
      {views.map((view) => (
        <span key={view.name} className="row tight">
          <Link to="/work" search={view.search as never}>
            {view.name}
          </Link>
          <Button
            size="small"
            type="text"
            aria-label={`${t('remove')} ${view.name}`}
            onClick={() => keep(views.filter((v) => v !== view))}
          >
            ×
          </Button>
        </span>
      ))}
      <Popover trigger="click" content={form}>
        <Button size="small">{t('save-view')}</Button>
      </Popover>
    </div>
  );
}
