import type { Words } from '../../words.ts';
import { fact } from './build.ts';
import type { Figure } from './figure.ts';
import { economyFigures } from './figures-economy.ts';
import { matterFigures } from './figures-matters.ts';
import { meetingFigures } from './figures-meetings.ts';
import { orgFigures } from './figures-org.ts';
import { projectFigures } from './figures-projects.ts';
import { reachFigures } from './figures-reach.ts';
import { serviceFigures } from './figures-services.ts';
import { standardFigures } from './figures-standards.ts';
import { starFigures } from './figures-stars.ts';
import type { Expr } from './expr.ts';
import { measure } from './metric.ts';
import { type MetricKey, metricKeys, metrics } from './metrics.ts';

function figure(zh: string, en: string, unit: Words, expr: Expr, given: Partial<Figure> = {}): Figure {
  return { words: { zh, en }, unit, expr, decimals: 6, scoreEligible: true, ...given };
}

function shareOf(zh: string, en: string, top: MetricKey, bottom: MetricKey): Figure {
  return figure(zh, en, measure.share, { of: 'ratio', top: fact(top), bottom: fact(bottom) });
}

const branches: Expr = { of: 'units', types: ['village', 'community'] };

const declared = {
  'households-linked-share': shareOf(
    '党员联户覆盖率',
    'Households linked with a member',
    'households-linked',
    'households',
  ),
  'grid-party-coverage': shareOf(
    '网格党组织覆盖率',
    'Grids with a party group',
    'grids-with-party-group',
    'grid-count',
  ),
  'collective-income-yoy': figure('村集体收入同比增长', 'Growth of collective income', measure.percent, {
    of: 'growth',
    part: fact('collective-income'),
  }),
  'villages-income-at-least-100000': figure(
    '集体收入 10 万元以上村数',
    'Villages with a collective income of 100,000 CNY or more',
    measure.count,
    {
      of: 'units-at-least',
      types: ['village'],
      metric: 'collective-income',
      bound: '100000',
    },
  ),
  'double-bound-households-share': shareOf(
    '“双绑”覆盖率',
    'Households bound to both',
    'households-bound-both',
    'farm-households',
  ),
  'sanitary-toilets-share': shareOf(
    '卫生厕所普及率',
    'Households with a sanitary toilet',
    'households-sanitary-toilet',
    'households',
  ),
  'treated-sewage-share': shareOf(
    '生活污水治理率',
    'Households with treated sewage',
    'households-sewage-treated',
    'households',
  ),
  'five-beauty-courtyards-share': shareOf(
    '“五美”庭院占比',
    'Share of model courtyards',
    'five-beauty-courtyards',
    'households',
  ),
  'fraud-rate': figure('万人诈骗发案率', 'Fraud cases per 10,000 people', measure.perTenThousand, {
    of: 'ratio',
    top: fact('fraud-cases'),
    bottom: fact('population'),
    times: 10_000,
  }),
  'volunteer-service-ratio': shareOf(
    '志愿服务人次与常住人口之比',
    'Volunteer services per resident',
    'volunteer-services',
    'population',
  ),
  'employed-members-serving-share': shareOf(
    '在职党员报到率',
    'Employed members who serve',
    'members-claiming',
    'party-members-employed',
  ),
  'estates-charging-share': shareOf(
    '小区集中充电覆盖率',
    'Estates with charging places',
    'estates-charging',
    'estate-count',
  ),
  'job-seekers-placed-share': shareOf('求职登记就业率', 'Job seekers placed', 'job-seekers-placed', 'job-seekers'),
  'merchant-alliance-share': shareOf(
    '商户入盟率',
    'Merchants in the alliance',
    'merchant-alliance-members',
    'merchants',
  ),
  'enterprise-problems-answered-share': shareOf(
    '企业诉求答复率',
    'Enterprise problems answered',
    'enterprise-problems-answered',
    'enterprise-problems',
  ),
  'service-centre-coverage': figure('党群服务中心覆盖率', 'Units with a service centre', measure.share, {
    of: 'ratio',
    top: fact('service-centre'),
    bottom: branches,
  }),
} as const satisfies Record<string, Figure>;

/** Each number that is entered is a figure too, read as it stands or summed over the units below. */
const plain = Object.fromEntries(
  metricKeys.map((key): [string, Figure] => {
    const { words, unit, decimals, scoreEligible } = metrics[key];
    return [key, { words, unit, decimals, scoreEligible, expr: fact(key) }];
  }),
);

/** The figures of the work, by module; they take the place of an entered number of the same name. */
const counted: Readonly<Record<string, Figure>> = {
  ...orgFigures,
  ...meetingFigures,
  ...economyFigures,
  ...projectFigures,
  ...matterFigures,
  ...serviceFigures,
  ...reachFigures,
  ...starFigures,
  ...standardFigures,
};

/** The catalogue: the one place where a number is defined. */
export const figures: Readonly<Record<string, Figure>> = { ...plain, ...declared, ...counted };
export const figureKeys: readonly string[] = Object.keys(figures);

export function isFigure(key: string): boolean {
  return Object.hasOwn(figures, key);
}

/** Keys that no standard may use: what people raise is never scored. */
export const scoreBarredKeys: readonly string[] = figureKeys.filter((key) => !figures[key]!.scoreEligible);
