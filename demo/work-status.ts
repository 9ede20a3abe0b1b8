import { numbersOf } from './facts.ts';
import { starDepartments } from './places.ts';
import { type DutyRow, idOf, luckOf, type Work } from './work-kit.ts';
import { isExample } from './work-agreements.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** What was granted, who answers for what in daily work, and numbers that other bodies reported. */

function courtyards(work: Work, p: Place): void {
  const { ecology } = p.traits(2025) as { ecology: number };
  for (const [i, home] of p.households.slice(0, Math.round(p.households.length * (0.05 + ecology * 0.52))).entries())
    work.designations.push({
      id: idOf(`${p.key}/courtyard/${i}`),
      kind: 'five-beauty-courtyard',
      at: home.at,
      by: p.key,
      grantor: p.unit.name,
      on: i % 3 === 0 ? '2026-05-26' : '2025-06-24',
      to: '2027-12-31',
      subject: home.id,
      basis: '村民评议组入户评定',
    });
}

/** Once a half-year; who they are stands in the branch's own minutes and nowhere here. */
function advanced(work: Work, p: Place): void {
  const luck = luckAt(p, 'advanced');
  for (const period of ['2025-06', '2025-12', '2026-06'])
    for (let i = 0; i < Math.round(1 + p.traits(2025)['branch']! * 3); i++)
      work.designations.push({
        id: idOf(`${p.key}/advanced/${period}/${i}`),
        kind: 'advanced-member',
        at: `${p.key}-party`,
        by: p.unit.parent!,
        grantor: luck.often(0.5) ? '乡镇（街道）党（工）委' : '村（社区）党组织',
        on: `${period}-28`,
        basis: `${period} 党员评议结果`,
        data: { period },
      });
}

function statuses(work: Work, p: Place): void {
  const grant = (
    kind: string,
    on: string,
    by: string,
    grantor: string,
    basis: string,
    data: Record<string, unknown> = {},
    to?: string,
  ) =>
    work.designations.push({
      id: idOf(`${p.key}/${kind}/${on}`),
      kind,
      at: p.key,
      by,
      grantor,
      on,
      basis,
      data,
      ...(to ? { to } : {}),
    });
  const town = p.unit.parent!;
  const traits = p.traits(2025);
  if (p.unit.type === 'village') {
    courtyards(work, p);
    if (traits['industry']! > 0.62 || isExample(p))
      grant('characteristic-village', '2025-04-22', 'county', '县人民政府', '特色村认定文件', { theme: '一村一品' });
  }
  const safe = traits['safety']!;
  for (const year of [2023, 2024, 2025])
    if (safe > 0.74 - (year - 2023) * 0.03 && (year > 2023 || safe > 0.8))
      grant('six-without-village', `${year}-12-20`, town, townOf(p), `${year} 年度“六无”村评定`, { year });
  if (p.unit.type === 'community' && !p.rural && traits['business']! > 0.56)
    grant(
      'fully-employed-community',
      '2025-11-12',
      town,
      '市人力资源和社会保障局',
      '充分就业社区认定',
      { level: 'city' },
      '2028-11-11',
    );
  if (p.strength > 0.27 && !isExample(p))
    grant('provincial-five-star', '2024-12-30', 'county', '省委组织部', '省级“五星”支部名单');
  advanced(work, p);
}

const townOf = (p: Place) => (p.unit.type === 'village' ? '乡镇党委' : '街道党工委');

/** Members in contact with households by their address, with the day on which the household was told. */
function contacts(scene: Scene, p: Place): DutyRow[] {
  const luck = luckAt(p, 'contacts');
  const staff = [p.secretary, ...p.cadres];
  const share = Math.min(1, 0.45 + p.traits(2026)['branch']! * 0.58);
  const contactOf = (at: string, i: number) => {
    const members = scene.holders('household-contact', at);
    return members[i % Math.max(1, members.length)];
  };
  const duties: DutyRow[] = p.households
    .filter(() => luck.often(share))
    .map((h, i) => ({
      id: idOf(`${h.id}/contact`),
      role: 'household-contact',
      at: h.at,
      person: contactOf(h.at, i)?.key ?? staff[i % staff.length]!.key,
      address: h.address,
      from: '2024-03-01',
      data: { informedOn: '2024-03-15', consent: { on: '2024-03-01', how: 'written' } },
    }));
  const contact = scene.holders('contact-cadre', p.key)[0];
  if (contact)
    for (const [role, person] of [
      ['group-head', contact.key],
      ['group-deputy', p.secretary.key],
    ] as const)
      duties.push({ id: idOf(`${p.key}/${role}`), role, at: `${p.key}-team`, person, from: '2024-02-20' });
  for (const [i, home] of p.homes.entries()) {
    const cadre = p.cadres[i % Math.max(1, p.cadres.length)] ?? p.secretary;
    if (home.type === 'grid' && !p.rural)
      duties.push({
        id: idOf(`${home.key}/area`),
        role: 'area-cadre',
        at: home.key,
        person: cadre.key,
        from: '2024-01-01',
      });
    duties.push({
      id: idOf(`${home.key}/part-time`),
      role: 'grid-staff-parttime',
      at: home.key,
      person: cadre.key,
      from: '2024-01-01',
    });
    if (home.type === 'estate' && p.traits(2025)['branch']! > 0.5)
      duties.push({
        id: idOf(`${home.key}/centre-household`),
        role: 'member-centre-household',
        at: home.key,
        person: cadre.key,
        from: '2024-06-01',
        data: { consent: { on: '2024-05-20', how: 'written' } },
      });
  }
  return duties;
}

function departments(): DutyRow[] {
  const stars = Object.keys(starDepartments);
  const member = (at: string, star: string, i: number): DutyRow => ({
    id: idOf(`${at}/member/${star}/${i}`),
    role: 'member-department',
    at,
    unit: `dept-${stars[(stars.indexOf(star) + i) % stars.length]!}`,
    star,
    from: '2024-01-01',
  });
  return stars.flatMap((star) => [1, 2, 3].map((i) => member('county', star, i)));
}

const owned: readonly (readonly [
  metric: 'fraud-cases' | 'fraud-loss' | 'petitions-count' | 'public-order-cases',
  source: string,
])[] = [
  ['fraud-cases', '公安部门通报'],
  ['fraud-loss', '公安部门通报'],
  ['public-order-cases', '公安部门通报'],
  ['petitions-count', '信访部门通报'],
];

/** What police, petition and survey offices report for each place and year; safer places have less of it. */
function ownedFacts(work: Work, p: Place): void {
  const luck = luckAt(p, 'owned');
  const quiet = p.traits(2025)['safety']! > 0.68 || isExample(p);
  for (const year of [2024, 2025, 2026]) {
    const scale = (p.rural ? 1 : 4) * (1.2 - p.traits(year)['safety']!) * (1 - (year - 2024) * 0.12);
    const cases = Math.round(scale * luck.int(0, 4));
    const values = {
      'fraud-cases': cases,
      'fraud-loss': cases * luck.int(4_000, 26_000),
      'public-order-cases': Math.round(scale * luck.int(1, 5)),
      'petitions-count': quiet ? 0 : Math.round(scale * luck.int(0, 3)),
    };
    for (const [metric, source] of owned)
      work.facts.push({ at: p.key, period: String(year), metric, value: String(values[metric]), source });
    const done = p.done(year);
    const perHead = Math.round((p.rural ? 13_800 : 24_600) * (1 + (year - 2024) * 0.065) * (0.9 + p.strength * 0.4));
    work.facts.push({
      at: p.key,
      period: String(year),
      metric: 'household-income-total',
      value: String(perHead * done['population']!),
      source: '统计调查部门抽样调查推算',
    });
    if (p.rural)
      work.facts.push({
        at: p.key,
        period: String(year),
        metric: 'distance-to-township-office',
        value: (luckOf(`${p.key}/distance`).int(8, 140) / 10).toFixed(1),
        source: '村基本情况登记',
      });
  }
  const before = numbersOf(p.unit, 2024);
  for (const metric of ['population', 'households', 'collective-income'] as const)
    if (before[metric] !== undefined)
      work.facts.push({ at: p.key, period: '2024', metric, value: String(before[metric]), source: '村（社区）台账' });
}

/** The published rules of reward: so much for each level, and no township more than its cap. */
function rules(work: Work, scene: Scene): void {
  const organiser = scene.holders('organiser', 'county')[0]!.key;
  for (const year of [2025, 2026])
    for (const beneficiary of ['branch', 'township'] as const)
      work.cases.push({
        id: idOf(`county/rule/${beneficiary}/${year}`),
        type: 'reward-rule',
        state: year === 2026 ? 'published' : 'withdrawn',
        ...(year === 2026 ? {} : { closed: '2026-02-25' }),
        title: `${year} 年度${beneficiary === 'branch' ? '星级支部' : '乡镇（街道）'}奖励办法`,
        at: 'county',
        opened: `${year}-03-02`,
        raiser: organiser,
        data: {
          document: { title: `${year} 年度“五星”支部奖励办法`, number: `禾组〔${year}〕9号` },
          beneficiary,
          kind: 'reward',
          scheme: null,
          levels:
            beneficiary === 'branch'
              ? [5, 4, 3].map((level) => ({ level, amountFen: (level - 2) * 1_000_000, benefit: '表扬并授牌' }))
              : [],
          minShareHeld: beneficiary === 'township' ? 0.3 : null,
          top: beneficiary === 'township' ? 3 : null,
          capFen: beneficiary === 'township' ? 50_000_000 : null,
        },
      });
}

export function statusesAndDuties(work: Work, scene: Scene): void {
  for (const p of scene.places) {
    statuses(work, p);
    work.duties.push(...contacts(scene, p));
    ownedFacts(work, p);
  }
  work.duties.push(...departments());
  rules(work, scene);
}
