import { Link } from '@tanstack/react-router';
import { inbox, type InboxItem, inboxTabs, type InboxTab } from '../../../domain/records/inbox/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { caseWords } from '../../words/cases.ts';
import { useSay, useWords } from '../../words/use.ts';
import { NewNotices, Notices } from './Notices.tsx';
import { NowInCycle } from './NowInCycle.tsx';
import { livesOnItsPage, pageOf } from './page-of.ts';

const limit = 20;

export function InboxPage() {
  const t = useWords(caseWords);
  const me = useMe();
  const can = useCan();
  const [screen, change] = useScreen<{ box?: InboxTab; offset?: number }>();
  const box = screen.box ?? 'todo';
  const offset = screen.offset ?? 0;
  const counts = useRead(inbox.counts);
  const read = useRead(inbox.list, { query: { tab: box, limit, offset } });
  const columns = useColumns();
  return (
    <section className="page">
      <PageHead title={t('inbox')} lead={t('hello', { name: me.name, unit: me.home.name })} />
      <nav className="figures boxes" aria-label={t('inbox')}>
        {inboxTabs.map((tab) => (
          <Link
            key={tab}
            to="/"
            search={{ box: tab === 'todo' ? undefined : tab } as never}
            aria-current={tab === box ? 'true' : undefined}
          >
            <div className="name">{t(tab)}</div>
            <div className="value">{counts.data?.[tab] ?? ' '}</div>
            <div className="small quiet">{t(`${tab}-hint`)}</div>
          </Link>
        ))}
      </nav>
      {can('stars.read') && <NowInCycle />}
      <NewNotices />
      <Shown of={read} rows={6}>
        {(page) => (
          <>
            <Table
              caption={t(box)}
              columns={columns}
              rows={page.items}
              rowKey={(c) => c.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('empty-todo')} hint={t('empty-hint')} />
                </div>
              }
            />
            {page.total > limit && (
              <div className="pager">
                {page.capped && <span>{t('capped', { n: page.total })}</span>}
                <Pager total={page.total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
              </div>
            )}
          </>
        )}
      </Shown>
      <Notices />
    </section>
  );
}

function useColumns(): Column<InboxItem>[] {
  const t = useWords(caseWords);
  const say = useSay();
  const moment = useMoment();
  const link = (c: InboxItem, words: string) => {
    const own = livesOnItsPage(c) ? pageOf(c) : null;
    return (
      <Link to={(own?.to ?? `/cases/${c.id}`) as '/'} search={own?.search as never}>
        {words}
      </Link>
    );
  };
  return [
    {
      key: 'title',
      title: t('title'),
      align: 'known-by',
      show: (c) => (
        <span className="row">
          {link(c, c.title)}
          {c.supervised && <Mark tone="warn">{t('supervised')}</Mark>}
          {c.escalated && <Mark tone="bad">{t('escalated-to', { unit: c.escalated.unitName })}</Mark>}
        </span>
      ),
    },
    { key: 'type', title: t('type'), show: (c) => say(c.typeWords), width: 100 },
    { key: 'unit', title: t('unit'), show: (c) => c.unitName, width: 100 },
    {
      key: 'state',
      title: t('state'),
      show: (c) => (
        <>
          <Mark tone={c.closedAt ? 'plain' : 'info'}>{say(c.stateWords)}</Mark>
          {c.below && (
            <div className="small quiet">
              {t('answered-below', c.below)}
              {c.below.late > 0 && t('late-below', c.below)}
            </div>
          )}
        </>
      ),
      width: 130,
    },
    { key: 'owner', title: t('owner'), show: (c) => c.ownerName ?? c.ownerUnitName ?? '', width: 90 },
    { key: 'due', title: t('deadline'), show: (c) => <Light of={c.light} />, width: 150 },
    {
      key: 'changed',
      title: t('changed'),
      show: (c) => <span className="nowrap quiet">{moment(c.changedAt)}</span>,
      width: 140,
    },
    { key: 'acts', title: t('actions'), align: 'acts', show: (c) => link(c, t('open')), width: 64 },
  ];
}
