import { isExample } from './work-agreements.ts';
import { dayIn, idOf, monthsOf, plusDays, type Work, years } from './work-kit.ts';
import type { Place, Scene } from './work-scene.ts';
import { resident } from './people.ts';
import { starDepartments } from './places.ts';

/** What the reports show by example: one household that agreed to be one, recognitions, lectures, care that was given. */

/** Of the example village the household that sells crops, leases land, works on projects and draws a dividend. */
const exampleHome = 22;

function household(work: Work, p: Place): void {
  if (!isExample(p)) return;
  const home = p.households[exampleHome]!;
  work.consents.push({
    id: idOf(`${p.key}/example/consent`),
    at: home.at,
    subject: home.id,
    purpose: '在年度报告中公开一户的收入实例',
    fields: ['income-example', 'size'],
    on: '2025-01-10',
    until: '2027-12-31',
    document: '收入实例公开同意书',
  });
  work.consents.push({
    id: idOf(`${p.key}/example/own-consent`),
    at: home.at,
    subject: home.id,
    purpose: '本户要求查询本户收入',
    fields: ['contact'],
    on: '2025-02-18',
    until: '2027-12-31',
    document: '本户收入查询申请',
    person: resident.key,
  });
  for (const year of ['2025', '2026'])
    work.facts.push({
      at: p.key,
      period: year,
      metric: 'example-household-members',
      value: '4',
      source: '收入实例公开同意书',
    });
  for (const [period, value] of [
    ['2024', '15200.00'],
    ['2025', '16480.00'],
  ] as const)
    work.facts.push({ at: p.key, period, metric: 'income-per-capita', value, source: '统计调查部门抽样调查' });
}

/** Care that enrolled people were given, by the number under which they are enrolled. */
function care(work: Work): void {
  const enrolled = work.subjects.filter((s) => s.kind === 'service-enrolment');
  for (const [i, s] of enrolled.entries())
    for (const year of years) {
      const on = dayIn(year, 1 + (i % monthsOf(year)), 4 + (i % 20));
      if (on < s.from) continue;
      work.cases.push({
        id: idOf(`${s.id}/care/${year}`),
        type: 'care-service',
        state: 'rated',
        title: '照料服务',
        at: s.at,
        opened: on,
        closed: plusDays(on, 1),
        subject: s.id,
        data: { service: (s.data['services'] as string[])[0]!, on, rating: 5 },
      });
    }
}

/** Each task force of the county lectures on its own star, in spring and in autumn. */
function lectures(work: Work, scene: Scene): void {
  const forces = scene.county.units.filter((u) => u.type === 'task-force' && u.parent === 'county');
  for (const year of years)
    for (const [i, force] of forces.entries())
      for (const month of [3, 9]) {
        const topic = Object.values(starDepartments)[i % Object.values(starDepartments).length]!.star;
        work.events.push({
          id: idOf(`${force.key}/lecture/${year}-${month}`),
          kind: 'star-lecture',
          at: 'county',
          title: `${force.name}授课`,
          on: dayIn(year, month, 5 + i),
          roster: [{ unit: force.key, role: 'task-force', attended: true }],
          data: { topic: `${topic}怎样创建` },
        });
      }
}

/** Enterprises that lead farmers are recognised as leading agribusinesses. */
function recognitions(work: Work): void {
  for (const s of work.subjects.filter((e) => e.kind === 'enterprise' && e.data['leading'] === true))
    work.designations.push({
      id: idOf(`${s.id}/leading`),
      kind: 'leading-agribusiness',
      at: s.at,
      by: 'county',
      grantor: '县人民政府',
      on: '2024-06-18',
      to: '2027-06-17',
      subject: s.id,
      basis: '农业产业化龙头企业认定文件',
      data: { level: 'county' },
    });
}

export function examples(work: Work, scene: Scene): void {
  for (const p of scene.places) household(work, p);
  care(work);
  lectures(work, scene);
  recognitions(work);
}
