import { Link } from '@tanstack/react-router';
import { type StandardItem, standards } from '../../../domain/records/standards/index.ts';
import { useRead } from '../../api/hooks.ts';
import { ListPage } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty } from '../../ui/States.tsx';
import type { Column } from '../../ui/Table.tsx';
import { standardWords } from '../../words/standards.ts';
import { useSay, useWords } from '../../words/use.ts';
import { ImportStandard } from './ImportStandard.tsx';

const limit = 20;

export function StandardsPage() {
  const t = useWords(standardWords);
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(standards.list, { query: { limit, offset } });
  return (
    <ListPage
      id="standards"
      title={t('title')}
      lead={t('lead')}
      tools={<ImportStandard />}
      read={read}
      rowKey={(s) => `${s.id} ${s.version}`}
      offset={offset}
      limit={limit}
      onPage={(next) => change({ offset: next })}
      columns={useColumns()}
      empty={<Empty title={t('none')} />}
    />
  );
}

function useColumns(): Column<StandardItem>[] {
  const t = useWords(standardWords);
  const say = useSay();
  const moment = useMoment();
  const link = (s: StandardItem, words: string) => (
    <Link to="/standards/$id/$version" params={{ id: s.id, version: s.version }}>
      {words}
    </Link>
  );
  return [
    {
      key: 'name',
      title: t('name'),
      align: 'known-by',
      show: (s) => (
        <span className="row">
          {link(s, say(s.title))}
          {s.sample && <Mark tone="warn">{t('sample')}</Mark>}
        </span>
      ),
    },
    { key: 'version', title: t('version'), show: (s) => s.version, width: 110 },
    {
      key: 'scheme',
      title: t('scheme'),
      show: (s) => (s.scheme === 'rural' || s.scheme === 'urban' ? t(s.scheme) : s.scheme),
      width: 100,
    },
    {
      key: 'state',
      title: t('state'),
      show: (s) => <Mark tone={s.state === 'published' ? 'good' : 'plain'}>{t(s.state)}</Mark>,
      width: 110,
    },
    {
      key: 'effective',
      title: t('effective'),
      show: (s) => <span className="nowrap">{t('from', { day: s.effectiveFrom })}</span>,
      width: 150,
    },
    { key: 'published', title: t('published'), show: (s) => moment(s.publishedAt), width: 150 },
    { key: 'acts', title: t('actions'), align: 'acts', show: (s) => link(s, t('open')), width: 80 },
  ];
}
