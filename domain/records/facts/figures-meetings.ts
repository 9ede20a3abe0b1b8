import { catalogue, count, distinct, per, percent, ratio, stars, sum, unitsOf, where } from './build.ts';
import type { AssignmentSource, Cond, Expr } from './expr.ts';
import { f, told } from './figure.ts';

// Meetings, plans and lists, reports at short intervals, and training.

const duty = (roles: string[], more: Partial<AssignmentSource> = {}): Expr =>
  distinct({ table: 'assignments', roles, key: 'person', ...more });
const branches = unitsOf('village', 'community');
const measured = ['village', 'community'] as const;
const held = (kinds: string[], more = {}) => count({ table: 'events', kinds, ...more });
const openCase = (types: string[], states: string[], has: Cond[] = []) =>
  count({ table: 'cases', types, when: 'there', states, has });
const ofYear: Cond[] = [{ field: 'year', year: true }];
const townTypes = ['township', 'street'] as const;
const secretaries = ['overall-owner', 'branch-secretary'];
const accountable = ['township', 'street', 'task-force'] as const;
const villageLeaders = ['branch-secretary', 'village-cadre'];
const leadersTrained = distinct(
  { table: 'events', kinds: ['training-batch'], key: 'person', personRole: villageLeaders },
  { total: true },
);
const observerScores = { table: 'judgements', kinds: ['observation'] } as const;
const observed = ratio(sum(observerScores), distinct(observerScores));

export const meetingFigures = {
  'taskforce-hearings': f(
    '听取专班专题汇报次数',
    'Task-force reports heard',
    told.times,
    count(
      { table: 'events', kinds: ['leadership-meeting'], standing: 'task-force-report', own: true },
      { sinceYearBefore: true },
    ),
  ),
  'plan-coverage-village': f(
    '村级方案覆盖率',
    'Villages with an approved plan',
    told.percent,
    percent(where(measured, openCase(['work-scheme'], ['in-force'], ofYear), 1), branches),
  ),
  'plan-coverage-township': f(
    '乡镇方案覆盖率',
    'Townships with an approved plan',
    told.percent,
    percent(
      where(
        townTypes,
        count({
          table: 'cases',
          types: ['work-scheme'],
          when: 'there',
          states: ['in-force'],
          has: ofYear,
          onTypes: townTypes,
        }),
        1,
      ),
      unitsOf('township', 'street'),
    ),
  ),
  'list-coverage-star': f(
    '分星清单覆盖率',
    'Stars with a list in force',
    told.percent,
    percent(
      distinct({ table: 'cases', types: ['star-list'], when: 'there', states: ['in-force'], key: 'star', has: ofYear }),
      stars,
    ),
  ),
  'ledger-coverage-village': f(
    '村级台账覆盖率',
    'Villages with a kept ledger',
    told.percent,
    percent(
      where(measured, count({ table: 'cases', types: ['problem', 'task'], when: 'there', touchedDays: 30 }), 1),
      branches,
    ),
  ),
  'monthly-accounting-rate': f(
    '每月交账率',
    'Monthly accounts signed',
    told.percent,
    percent(
      per(
        'month',
        distinct({
          table: 'cases',
          types: ['monthly-account'],
          when: 'opened',
          states: ['signed', 'verified'],
          onTypes: accountable,
          key: 'unit',
          monthly: true,
        }),
      ),
      count({ table: 'units', types: accountable }),
    ),
  ),
  'levers-per-star': f(
    '每颗星抓手数',
    'Levers per star',
    told.each,
    ratio(openCase(['lever'], ['registered', 'reviewed']), stars),
  ),
  'consultations-per-week': f(
    '每周联合会商次数',
    'Joint consultations a week',
    told.times,
    per('week', held(['weekly-consultation'])),
  ),
  'joint-consultations-per-month': f(
    '每月专班联席会商次数',
    'Joint consultations a month',
    told.times,
    per('month', held(['joint-consultation'])),
  ),
  'party-meetings-per-month': f(
    '每月例会次数',
    'Monthly meetings held',
    told.times,
    per('month', held(['monthly-meeting'])),
  ),
  'observation-rounds-per-quarter': f(
    '观摩轮次',
    'Observation rounds held',
    told.n,
    per('quarter', held(['observation-round'])),
  ),
  'observation-score-and-rank': f('观摩得分', 'Observation score', told.index, observed),
  'observation-score-and-rank/rank': f('观摩名次', 'Rank by observation score', told.rank, {
    of: 'rank',
    part: observed,
  }),
  'monthly-reviews': f(
    '每月点评次数',
    'Monthly reviews published',
    told.times,
    per('month', count({ table: 'cases', types: ['monthly-review'], when: 'opened' })),
  ),
  'weekly-progress-posts': f(
    '重点村周进度报送率',
    'Key villages with a weekly progress post',
    told.percent,
    percent(
      distinct({ table: 'cases', types: ['weekly-progress'], when: 'opened', key: 'unit', onRole: 'key-village' }),
      distinct({ table: 'assignments', roles: ['key-village'], key: 'unit' }),
    ),
  ),
  'pledge-coverage': f(
    '书记公开承诺覆盖率',
    'Secretaries with a published pledge',
    told.percent,
    percent(
      distinct({
        table: 'cases',
        types: ['pledge'],
        when: 'there',
        key: 'owner',
        ownerRole: secretaries,
        has: ofYear,
        onTypes: [...townTypes, ...measured],
      }),
      duty(secretaries, { on: [...townTypes, ...measured] }),
    ),
  ),
  'tv-episodes': f('“五星创建书记谈”播出期数', 'Episodes broadcast', told.batches, held(['tv-episode'])),
  'task-forces-lecturing': f(
    '分星授课的专班数',
    'Task forces that lectured',
    told.n,
    distinct({ table: 'events', kinds: ['star-lecture'], key: 'force' }),
  ),
  'training-batches': f('培训期数', 'Training batches held', told.batches, held(['training-batch'])),
  'training-batches/leaders': f(
    '村主要干部培训期数',
    'Batches for village leaders',
    told.batches,
    count({ table: 'events', kinds: ['training-batch'], has: [{ field: 'external', is: false }] }, { total: true }),
  ),
  'training-batches/external': f(
    '外出专题培训期数',
    'External batches',
    told.batches,
    count({ table: 'events', kinds: ['training-batch'], has: [{ field: 'external', is: true }] }, { total: true }),
  ),
  'village-leaders-trained': f('培训村主要干部人数', 'Village leaders trained', told.people, leadersTrained),
  'training-coverage': f(
    '村主要干部培训覆盖率',
    'Village leaders trained, share',
    told.percent,
    percent(leadersTrained, duty(villageLeaders)),
  ),
  'joint-activities': f('共建活动场数', 'Joint activities', told.sessions, held(['joint-activity'])),
  'speeches-in-compilation': f(
    '发言材料篇数',
    'Speeches in the compilation',
    told.n,
    sum({ table: 'publications', kinds: ['compilation'], amount: 'reports' }),
  ),
  'named-mechanisms': f('机制数', 'Mechanisms', told.n, catalogue('named-mechanism')),
} as const;
