import { Link } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import type { z } from 'zod';
import type { Verb } from '../../../domain/grants.ts';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import { cycleStates } from '../../../domain/stars/contract-shared.ts';
import { stageNames } from '../../../domain/stars/cycle-rules.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { ListPage } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty } from '../../ui/States.tsx';
import type { Column } from '../../ui/Table.tsx';
import { reviewWords } from '../../words/review.ts';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { useCycle } from './cycle.ts';
import { Level } from './pieces.tsx';
import { starOptions, useStandardOf } from './standard-of.ts';

export const reviewStages = ['township-review', 'verification', 'joint-review'] as const;
export type ReviewStage = (typeof reviewStages)[number];
type Waiting = z.output<typeof assessing.queue.reply>['items'][number];

interface Screen {
  readonly stage?: ReviewStage;
  readonly star?: string;
  readonly offset?: number;
}

const verbOf = {
  'township-review': 'stars.review',
  verification: 'stars.verify',
  'joint-review': 'stars.joint',
} as const satisfies Record<ReviewStage, Verb>;

const limit = 20;

export function ReviewPage() {
  const t = useWords(reviewWords);
  const say = useSay();
  const can = useCan();
  const { cycle } = useCycle();
  const { unitId } = useScope();
  const [screen, change] = useScreen<Screen>();
  const now = reviewStages.find((s) => s === cycle?.state);
  // Outside the stages of review the reader's own comes first.
  const own = reviewStages.find((s) => can(verbOf[s]));
  const stage = screen.stage ?? now ?? own ?? 'township-review';
  const stars = [...starOptions(useStandardOf('rural').data, say), ...starOptions(useStandardOf('urban').data, say)];
  // A task force has one star: its progress is counted in that one, unless the reader asks for all.
  const { grants } = useMe();
  const forces = [...new Set(grants.flatMap((g) => (g.verb === 'stars.verify' ? [g.star] : [])))];
  const ownStar = stage === 'verification' && forces.length === 1 ? forces[0] : undefined;
  const star = screen.star === 'all' ? undefined : (screen.star ?? ownStar);
  const offset = screen.offset ?? 0;
  const read = useRead(
    assessing.queue,
    { query: { cycleId: cycle?.id, stage, star, under: unitId, limit, offset } },
    { when: cycle !== undefined },
  );
  return (
    <ListPage
      id="reviews"
      title={t('title')}
      lead={
        <>
          {t('lead')} {cycle && t('now-stage', { stage: say(stageNames[cycle.state]) })}{' '}
          {cycle && cycleStates.indexOf(cycle.state) < cycleStates.indexOf(stage) && t('not-yet')}
        </>
      }
      read={read}
      rowKey={(row) => row.candidacyId}
      offset={offset}
      limit={limit}
      onPage={(next) => change({ offset: next })}
      columns={useColumns(stage)}
      empty={<Empty title={t('none')} />}
      filters={
        <>
          <Segmented
            aria-label={t('title')}
            value={stage}
            onChange={(value) => change({ stage: value })}
            options={reviewStages.map((s) => ({ value: s, label: t(s) }))}
          />
          {stage === 'verification' && (
            <label>
              {t('star')}
              <Select
                style={{ width: 160 }}
                value={star ?? 'all'}
                onChange={(value) => change({ star: value, offset: undefined })}
                options={[{ value: 'all', label: t('all-stars') }, ...new Map(stars.map((o) => [o.value, o])).values()]}
              />
            </label>
          )}
        </>
      }
    />
  );
}

function useColumns(stage: ReviewStage): Column<Waiting>[] {
  const t = useWords(reviewWords);
  const s = useWords(starWords);
  const w = useWords(workWords);
  const moment = useMoment();
  const link = (row: Waiting, words: string) => (
    <Link to="/review/$unitId" params={{ unitId: String(row.unitId) }} search={{ stage } as never}>
      {words}
    </Link>
  );
  return [
    { key: 'unit', title: s('branch'), show: (row) => link(row, row.unitName) },
    { key: 'parent', title: s('township'), show: (row) => row.parentName, width: 130 },
    { key: 'origin', title: s('origin'), show: (row) => <Mark>{s(row.origin)}</Mark>, width: 110 },
    { key: 'target', title: s('target'), show: (row) => <Level of={row.targetLevel} />, width: 90 },
    { key: 'level', title: s('live-level'), show: (row) => <Level of={row.level} />, width: 100 },
    {
      key: 'submitted',
      title: t('submitted'),
      width: 150,
      show: (row) => (row.submittedAt ? moment(row.submittedAt) : <span className="quiet">{t('not-submitted')}</span>),
    },
    {
      key: 'decided',
      title: t('decided'),
      align: 'end',
      width: 110,
      show: (row) => {
        if (row.finished) return <Mark tone="good">{t('finished')}</Mark>;
        // The joint review draws one conclusion; how many criteria were judged before it says nothing of that.
        return stage === 'joint-review' ? (
          <span className="quiet">{t('not-concluded')}</span>
        ) : (
          `${row.decided} / ${row.of}`
        );
      },
    },
    {
      key: 'returned',
      title: t('returned'),
      align: 'end',
      width: 80,
      show: (row) => (row.returned > 0 ? <Mark tone="warn">{row.returned}</Mark> : 0),
    },
    { key: 'acts', title: w('actions'), align: 'acts', width: 90, show: (row) => link(row, t('open')) },
  ];
}
