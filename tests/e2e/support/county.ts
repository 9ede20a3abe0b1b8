import { stars as starsOf } from '../../../domain/stars/contract.ts';
import { createUnit } from '../../../server/records/units/index.ts';
import { serve, type Served } from '../../support/serve.ts';
import { loadStandards, publishStandard } from '../../../server/records/standards/index.ts';
import { inRoot } from '../../../server/platform/paths.ts';
import { sql } from '../../../server/platform/db/sql.ts';

export const stars = ['branch', 'industry', 'ecology', 'safety', 'civility'] as const;

/** The small test county with the sample standards published and somebody for every step of a cycle. */
export async function openCounty(): Promise<Served> {
  const served = await serve();
  const { world } = served;
  const u = world.units;
  await world.person('admin', u.county, [['admin', u.county]]);
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('owner', u.county, [['overall-owner', u.county]]);
  await world.person('member1', u.county, [['committee-member', u.county]]);
  await world.person('member2', u.county, [['committee-member', u.county]]);
  await world.person('town', u.east, [['township-clerk', u.east]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('neighbour', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  for (const star of stars) await world.person(`force-${star}`, u.county, [['task-force-leader', u.county, star]]);
  await world.asSystem(async (rq) => {
    await loadStandards(rq, inRoot('standards'));
    const rows = await rq.db.many<{ id: string; version: string }>(
      sql`SELECT id, version FROM standards WHERE state = 'draft'`,
    );
    for (const row of rows) await publishStandard(rq, row.id, row.version, '测试');
  });
  return served;
}

/** Names as they really occur: very long ones, and ones with characters that few fonts hold. */
export const hardNames = ['莫𡐓村', '䩐勒桥村', '喀喇沁左翼蒙古族自治县兴隆庄满族乡新立屯东山根第二联合村'] as const;

/** The county in the middle of its year: villages with hard names, one of them declared, so that every page has something to show. */
export async function busyCounty(): Promise<Served & { cycleId: string }> {
  const served = await openCounty();
  const { world } = served;
  const u = world.units;
  await world.asSystem(async (rq) => {
    for (const [i, name] of hardNames.entries())
      await createUnit(rq, {
        day: '2020-01-01',
        document: '测试',
        attributes: {},
        parentId: u.east,
        code: `hard-${i}`,
        type: 'village',
        name,
        scheme: 'rural',
      });
  });
  const [organiser, secretary] = [await world.as('organiser'), await world.as('secretary')];
  const { id: cycleId } = await organiser.ok(starsOf.cycles.open, {
    body: {
      unitId: u.county,
      year: 2026,
      title: '示例县本年创建',
      rural: { id: 'sample-rural', version: '2026.1' },
      urban: { id: 'sample-urban', version: '2026.1' },
    },
  });
  const go = (to: 'planning' | 'creating' | 'self-assessment') =>
    organiser.ok(starsOf.cycles.advance, { params: { id: cycleId }, body: { to } });
  await go('planning');
  await go('creating');
  const body = { cycleId, unitId: u.eastVillage, targetLevel: 3 };
  const { id } = await secretary.ok(starsOf.candidacies.declare, { body });
  await organiser.ok(starsOf.candidacies.approve, { params: { id }, body: { origin: 'contender' } });
  await go('self-assessment');
  return { ...served, cycleId };
}
