import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { events } from '../../../domain/records/events/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { subjectKinds } from '../../../domain/records/subjects/all.ts';
import { eventKinds } from '../../../domain/records/events/all.ts';
import { form } from '../../../tests/support/form.ts';
import { picture } from '../../../tests/support/picture.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let as: Works['as'];
let works: Works;

beforeAll(async () => {
  world = await createWorld();
  works = await worksOf(world);
  as = works.as;
});
afterAll(() => world.close());

const register = (kind: string, name: string, data: object, place?: string, client = as.secretary) =>
  client.call(subjects.create, {
    body: {
      kind,
      unitId: world.units.eastVillage,
      name,
      fromDay: '2026-01-01',
      data: data as never,
      ...(place === undefined ? {} : { place }),
    },
  });

async function held(kind: string, title: string, data: object, others?: number) {
  const body = { kind, unitId: world.units.eastVillage, title, onDay: '2026-03-01', data: data as never };
  const { id } = await as.secretary.ok(events.plan, { body });
  await as.secretary.ok(events.hold, { params: { id }, body: others === undefined ? {} : { others } });
  return id;
}
const linksOf = async (id: string) =>
  (await as.clerk.ok(subjects.links, { params: { id }, query: { limit: 100 } })).items.map((l) => [l.kind, l.title]);

async function attached(subjectKind: string, subjectId: string) {
  const bytes = await picture(3).png().toBuffer();
  const sent = form({ subjectKind, subjectId, title: '画面截图', takenOn: '2026-03-01' }, { name: 'a.png', bytes });
  return as.secretary.raw({ method: 'POST', url: '/api/evidence', ...sent });
}

describe('places that are kept up', () => {
  it('M301 registers a camera only in a public place, with legal basis, sign and retention; access is logged, and no footage is kept', async () => {
    const camera = {
      publicPlace: 'entrance',
      basis: '公共安全视频图像信息系统管理条例',
      sign: true,
      retentionDays: 30,
      keeper: '村委会',
    };
    const at = (data: object, place: string | undefined = '村口东侧') => register('camera', '村口摄像头', data, place);
    for (const lacking of ['publicPlace', 'basis', 'sign', 'retentionDays', 'keeper'])
      expect((await at({ ...camera, [lacking]: undefined })).status).toBe(400);
    expect((await at({ ...camera, sign: false })).status).toBe(400);
    expect((await at({ ...camera, publicPlace: 'home' })).status).toBe(400);
    expect((await at({ ...camera, retentionDays: 0 })).status).toBe(400);
    expect((await at({ ...camera, faces: true })).status).toBe(400);
    expect((await register('camera', '无位置', camera)).code).toBe('subject-needs-place');
    expect((await register('camera', '无权', camera, '村口', as.idle)).status).toBe(403);
    const made = await at(camera);
    expect(made.status).toBe(200);
    const id = made.body.id;
    // The sign cannot be taken away from an entry that stands.
    const unsigned = await as.secretary.call(subjects.change, { params: { id }, body: { data: { sign: false } } });
    expect(unsigned.status).toBe(400);
    const access = { camera: id, asker: 'police', purpose: '寻找走失老人', basis: '调取证据通知书', copied: true };
    const bare = await as.secretary.ok(events.plan, {
      body: { kind: 'footage-access', unitId: world.units.eastVillage, onDay: '2026-03-01', data: { camera: id } },
    });
    expect((await as.secretary.call(events.hold, { params: { id: bare.id }, body: {} })).status).toBe(400);
    const log = await held('footage-access', '公安调阅', access);
    expect(await linksOf(id)).toContainEqual(['footage-access', '公安调阅']);
    for (const [kind, of] of [
      ['subject', id],
      ['event', log],
    ] as const)
      expect((await attached(kind, of)).code).toBe('evidence-no-files');
    // Nothing of either has a place for what was seen, or for whom it showed.
    const words = [subjectKinds['camera']!.fields, eventKinds['footage-access']!.fields!].flatMap(Object.keys);
    expect(words.filter((f) => /face|plate|image|video|stream|url|person/i.test(f))).toEqual([]);
    expect((await as.west.call(subjects.get, { params: { id } })).status).toBe(404);
  });

  it('M302 registers a mini fire station with equipment and staff, and its drills and inspections stand on it', async () => {
    expect((await register('fire-station', '无器材', { staff: 3 })).status).toBe(400);
    const { body } = await register('fire-station', '东片消防站', {
      equipment: ['灭火器 8 具', '水带 4 盘'],
      staff: 6,
    });
    await held('fire-drill', '春季演练', { station: body.id }, 40);
    await held('facility-inspection', '器材检查', { facility: body.id, passed: false, findings: ['灭火器过期 2 具'] });
    const stranger = await as.secretary.call(events.plan, {
      body: {
        kind: 'fire-drill',
        unitId: world.units.eastVillage,
        onDay: '2026-03-01',
        data: { station: (await register('culture-square', '广场', {})).body.id },
      },
    });
    expect(stranger.status).toBe(400);
    expect((await linksOf(body.id)).sort()).toEqual([
      ['facility-inspection', '器材检查'],
      ['fire-drill', '春季演练'],
    ]);
    const shown = await as.clerk.ok(subjects.get, { params: { id: body.id } });
    expect(shown.data).toMatchObject({ staff: 6, equipment: ['灭火器 8 具', '水带 4 盘'] });
  });

  it('M304 records sorting points, what was collected there, and checks of places and never of persons', async () => {
    const point = (await register('waste-facility', '一组投放点', { type: 'sorting-point', quantity: 4 })).body.id;
    await held('waste-collection', '周清运', { facility: point, kg: 320.5, sortedKg: 96, hazardousKg: 1.5 });
    await held('facility-inspection', '点位检查', { facility: point, passed: true });
    await held('sorting-check', '村级检查', { points: 6, right: 5, findings: ['三组点位混投'] });
    expect((await linksOf(point)).sort()).toEqual([
      ['facility-inspection', '点位检查'],
      ['waste-collection', '周清运'],
    ]);
    const checks = await as.clerk.ok(events.list, { query: { kind: 'sorting-check', under: world.units.east } });
    expect(checks.items).toHaveLength(1);
    const person = await as.secretary.call(events.plan, {
      body: {
        kind: 'sorting-check',
        unitId: world.units.eastVillage,
        onDay: '2026-03-01',
        data: { points: 6, right: 5, household: '某户' },
      },
    });
    expect(person.status).toBe(400);
  });

  it('M305 registers a public toilet with its checklist and cleaning rota, and a fault is mended and confirmed by another', async () => {
    const data = { standard: '一类', checklist: ['accessible', 'light'], rota: '每日 7 时、14 时' };
    expect((await register('public-toilet', '公厕', { ...data, checklist: ['no-such'] })).status).toBe(400);
    const toilet = (await register('public-toilet', '村口公厕', data)).body;
    expect(toilet.data).toMatchObject(data);
    const fault = await works.open(
      'facility-fault',
      { what: '冲水阀损坏', closed: false },
      { title: '公厕报修', subjectId: toilet.id },
    );
    const given = await as.clerk.ok(cases.get, { params: { id: fault.id } });
    expect(given).toMatchObject({ subject: { name: '村口公厕' }, state: 'reported' });
    expect(given.dueOn).not.toBeNull();
    const by = { ownerPersonId: works.people['cadre'] };
    await works.walk(fault.id, [[as.secretary, 'assign', by]]);
    expect((await works.step(as.secretary, fault.id, 'repair', { reason: '已换阀' })).code).toBe('case-only-owner');
    await works.walk(fault.id, [[as.cadre, 'repair', { reason: '已换阀' }]]);
    expect((await works.step(as.cadre, fault.id, 'confirm')).code).toBe('case-not-by-owner');
    await works.walk(fault.id, [
      [as.secretary, 'again', { reason: '仍漏水' }],
      [as.cadre, 'repair', { reason: '更换水箱' }],
      [as.secretary, 'confirm'],
    ]);
    expect(await linksOf(toilet.id)).toEqual([['facility-fault', '公厕报修']]);
    const wrong = await as.secretary.call(cases.open, {
      body: {
        type: 'facility-fault',
        title: '报修',
        unitId: world.units.eastVillage,
        subjectId: (await register('small-garden', '菜园', { type: 'vegetable' })).body.id,
        data: { what: '坏了', closed: false },
      },
    });
    expect(wrong.code).toBe('case-other-subject');
  });
});
