import { Link, useParams } from '@tanstack/react-router';
import type { z } from 'zod';
import { type CheckedItem, rounds } from '../../../domain/tasks/contract-rounds.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Conclude } from './Conclude.tsx';

const limit = 50;
type Round = z.output<typeof rounds.get.reply>;

/** One round: what it looks at, what was concluded of each item, and what is still to be put right. */
export function RoundPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(rounds.get, { params: { id }, query: { limit, offset } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(shown) => (
          <>
            <Head of={shown} />
            <Items of={shown} offset={offset} />
            <div className="pager">
              <Pager total={shown.total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
            </div>
          </>
        )}
      </Shown>
    </section>
  );
}

function Head(props: { of: Round }) {
  const t = useWords(taskWords);
  const say = useSay();
  const { round, mayClose } = props.of;
  const params = { id: round.id };
  const close = useChange(rounds.close);
  const cancel = useChange(rounds.cancel);
  return (
    <>
      <PageHead
        title={round.title}
        crumbs={[
          {
            key: 'rounds',
            node: (
              <Link to="/tasks" search={{ view: 'rounds' }}>
                {t('rounds')}
              </Link>
            ),
          },
          { key: 'unit', node: round.unitName },
        ]}
        mark={
          <>
            <Mark tone={round.closedAt ? 'plain' : 'info'}>{say(round.stateWords)}</Mark>
            <Light of={round.light} />
          </>
        }
        tools={
          <>
            {!round.closedAt && (
              <>
                <AskButton<{ conclusion: string }, Parameters<typeof close.mutate>[0]>
                  label={t('round-close')}
                  button={{ type: 'primary' }}
                  reason={mayClose}
                  change={close as never}
                  fields={[
                    { name: 'conclusion', label: t('round-conclusion'), kind: 'area', required: true, max: 2000 },
                  ]}
                  input={(body) => ({ params, body })}
                />
                <AskButton<{ reason: string }, Parameters<typeof cancel.mutate>[0]>
                  label={t('round-cancel')}
                  change={cancel as never}
                  fields={[{ name: 'reason', label: t('round-reason'), kind: 'area', required: true, max: 500 }]}
                  input={(body) => ({ params, body })}
                />
              </>
            )}
            <PrintButton />
          </>
        }
      />
      <div className="panel">
        <Facts
          of={[
            [t('round-points'), round.points.join(semicolon())],
            [t('owner'), round.ownerName ?? '—'],
            [t('round-until'), round.until],
            [t('round-result'), t('round-progress', { done: round.judged, total: round.items, found: round.found })],
          ]}
        />
        {mayClose && !round.closedAt && <p className="quiet">{say(mayClose.words)}</p>}
      </div>
    </>
  );
}

function Items(props: { of: Round; offset: number }) {
  const t = useWords(taskWords);
  const say = useSay();
  const moment = useMoment();
  const { round, items } = props.of;
  const columns: Column<CheckedItem>[] = [
    {
      key: 'item',
      title: t('round-checked'),
      align: 'known-by',
      show: (i) => (
        <span className="stack tight">
          {i.target ? (
            <Link to="/cases/$id" params={{ id: i.target.id }}>
              {i.title}
            </Link>
          ) : (
            i.title
          )}
          <span className="small quiet">{i.unitName}</span>
        </span>
      ),
    },
    {
      key: 'target',
      title: t('now'),
      width: 180,
      show: (i) =>
        i.target && (
          <span className="stack tight">
            <span className="row small">
              {i.target.ownerName ?? i.target.ownerUnitName ?? '—'} · {say(i.target.stateWords)}
            </span>
            {!i.target.closedAt && <Light of={i.target.light} />}
          </span>
        ),
    },
    {
      key: 'result',
      title: t('round-result'),
      show: (i) => (
        <span className="stack tight">
          <span className="row">
            <Mark tone={i.state === 'found' ? 'bad' : i.state === 'pending' ? 'info' : 'good'}>
              {say(i.stateWords)}
            </Mark>
            {i.returned && <Mark tone="warn">{t('round-return')}</Mark>}
          </span>
          {i.note && <span>{i.note}</span>}
          {i.judgedBy && (
            <span className="small quiet">
              {i.judgedBy} {moment(i.judgedAt)}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'follow',
      title: t('round-follow'),
      width: 200,
      show: (i) =>
        i.problem && (
          <span className="stack tight">
            <Link to="/cases/$id" params={{ id: i.problem.id }}>
              {i.problem.title}
            </Link>
            <span className="small quiet">
              {i.problem.ownerName ?? i.problem.ownerUnitName ?? '—'} · {say(i.problem.stateWords)}
            </span>
            {!i.problem.closedAt && <Light of={i.problem.light} />}
          </span>
        ),
    },
    {
      key: 'acts',
      title: t('acts'),
      align: 'acts',
      width: 190,
      show: (i) => i.state === 'pending' && !round.closedAt && <Conclude roundId={round.id} item={i} />,
    },
  ];
  return (
    <Table caption={t('round-checked')} columns={columns} rows={items} rowKey={(i) => i.id} startAt={props.offset} />
  );
}
