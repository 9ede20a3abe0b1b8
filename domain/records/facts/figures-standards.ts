import { count, distinct, fact, first, monthlyWhenMet, over, per, ratio, sumOf, unitsOf, where } from './build.ts';
import { operatingIncome } from './figures-income.ts';
import type { CaseSource, Every, Expr } from './expr.ts';
import { f, type Figure, told } from './figure.ts';
import { measure } from './metric.ts';
import type { MetricKey } from './metrics.ts';

// What the sample standards ask for: counted from the records of the work, and the number that was entered only where no
// such records are kept yet. What people raise is not among it; what is late or unresolved is.

const measured = ['village', 'community'] as const;
const branches = unitsOf(...measured);
const entered = (top: MetricKey, bottom: MetricKey) => ratio(fact(top), fact(bottom));
const shareOf = (zh: string, en: string, counted: Expr, top: MetricKey, bottom: MetricKey): Figure =>
  f(zh, en, measure.share, first(counted, entered(top, bottom)));

/**
 * Of the weeks or months so far the share in which a village held one; above it the mean of its villages. A month is met on any
 * of its days, so the running one counts from the day on which it is.
 */
const held = (kind: string, every: Every & ('week' | 'month')): Expr => {
  const met = distinct({ table: 'events', kinds: [kind], key: every });
  return ratio(over(measured, 'sum', every === 'month' ? monthlyWhenMet(met) : per(every, met)), branches);
};

/** Of what fell due within the period the share that was done in time. */
const onTime = (source: Pick<CaseSource, 'types' | 'states' | 'star'>): Expr => {
  const { states, ...due } = { ...source, table: 'cases', when: 'due' } as const;
  return ratio(count({ ...due, ...(states ? { states } : {}), onTime: true }), count(due));
};

const needsOpened = { table: 'cases', types: ['need'], when: 'opened' } as const;
const served = { table: 'agreements', kinds: ['property-service', 'co-building', 'self-management'] } as const;

export const standardFigures = {
  'party-meetings-held-share': shareOf(
    '组织生活按期开展率',
    'Party meetings held',
    held('members-meeting', 'month'),
    'party-meetings-held',
    'party-meetings-planned',
  ),
  'committee-meetings-held-share': shareOf(
    '“两委”例会召开率',
    'Committee meetings held',
    held('committee-session', 'week'),
    'committee-meetings-held',
    'committee-meetings-planned',
  ),
  'four-deliberations-share': shareOf(
    '重大事项“四议两公开”率',
    'Major matters by four deliberations',
    // A project is the major matter that the records know: decided by its residents or committees, with the way written down.
    ratio(
      count({
        table: 'cases',
        types: ['project'],
        when: 'opened',
        has: [{ field: 'decidedBy', in: ['vote', 'committees'] }],
      }),
      count({ table: 'cases', types: ['project'], when: 'opened' }),
    ),
    'major-matters-deliberated',
    'major-matters',
  ),
  'collective-operating-income': f(
    '村集体经营性收入（万元）',
    'Collective operating income (10,000 CNY)',
    told.wan,
    operatingIncome,
  ),
  'mediation-on-time-share': shareOf(
    '调解按时办结率',
    'Mediation finished on time',
    onTime({ types: ['dispute'], states: ['closed'] }),
    'mediations-on-time',
    'mediations-due',
  ),
  'matters-overdue': f(
    '超期未办结诉求数',
    'Matters overdue',
    measure.cases,
    first(count({ table: 'cases', types: ['matter'], when: 'overdue' }), fact('matters-overdue')),
  ),
  'officer-adviser-share': shareOf(
    '驻村民警、法律顾问到岗率',
    'Officer and adviser on duty',
    ratio(
      where(measured, distinct({ table: 'assignments', roles: ['village-police', 'legal-deputy'], key: 'role' }), 2),
      branches,
    ),
    'police-months-on-duty',
    'police-months-due',
  ),
  'hazards-fixed-on-time-share': shareOf(
    '隐患按期整改率',
    'Hazards put right on time',
    onTime({ types: ['problem'], states: ['closed'], star: 'safety' }),
    'hazards-fixed-on-time',
    'hazards-due',
  ),
  'places-with-fire-station': f(
    '有微型消防站的村（社区）数',
    'Villages and communities with a fire station',
    told.n,
    where(measured, count({ table: 'subjects', kinds: ['fire-station'], states: ['in-use'] }), 1),
  ),
  'station-events': f(
    '实践站活动场次',
    'Events of the practice station',
    told.sessions,
    first(count({ table: 'events', kinds: ['station-theme', 'station-activity'] }), fact('station-events')),
  ),
  'elderly-service-months': f(
    '老年服务运行月数',
    'Months of services for the elderly',
    told.n,
    first(
      distinct({
        table: 'cases',
        types: ['care-service'],
        when: 'opened',
        dated: 'on',
        states: ['delivered', 'rated'],
        key: 'unit',
        monthly: true,
      }),
      fact('elderly-service-months'),
    ),
  ),
  'joint-consultations-held': f(
    '联席会议召开次数',
    'Joint consultations held',
    told.times,
    first(
      sumOf(
        count({ table: 'events', kinds: ['periodic-consultation', 'joint-consultation'] }),
        count({ table: 'cases', types: ['joint-meeting'], when: 'opened', dated: 'on', states: ['held'] }),
      ),
      fact('joint-consultations-held'),
    ),
  ),
  'resident-units-claiming-share': shareOf(
    '驻区单位认领率',
    'Units that took on a service',
    ratio(
      distinct({ table: 'agreements', kinds: ['partnership'], party: ['partner'], key: 'party' }),
      count({ table: 'subjects', kinds: ['partner'] }),
    ),
    'resident-units-claiming',
    'resident-units',
  ),
  'needs-met-on-time-share': shareOf(
    '需求清单办结率',
    'Needs met',
    ratio(count({ ...needsOpened, states: ['met'] }), count(needsOpened)),
    'needs-met',
    'needs-due',
  ),
  'estates-served-share': shareOf(
    '小区物业覆盖率',
    'Estates with property service',
    ratio(where(['estate'], count(served), 1), unitsOf('estate')),
    'estates-served',
    'estate-count',
  ),
  'child-care-sessions': f(
    '儿童托管场次',
    'Child-care sessions',
    told.sessions,
    first(count({ table: 'events', kinds: ['children-session'] }), fact('child-care-sessions')),
  ),
} as const satisfies Record<string, Figure>;
