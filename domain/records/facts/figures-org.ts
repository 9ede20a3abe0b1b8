import { count, distinct, less, parameter, per, percent, ratio, stars, unitsOf, where } from './build.ts';
import { roles } from '../assignments/roles.ts';
import type { AssignmentSource, Expr } from './expr.ts';
import { f, ofPersons, told } from './figure.ts';

// Units, people with duties, meetings, tasks and training.

const duty = (roles: string[], more: Partial<AssignmentSource> = {}): Expr =>
  distinct({ table: 'assignments', roles, key: 'person', ...more });
const villages = unitsOf('village');
const measured = ['village', 'community'] as const;
const townTypes = ['township', 'street'] as const;
const leaders = duty(['leadership-member'], { on: townTypes });
const leadersContracted = duty(['leadership-member'], { on: townTypes, also: ['village-leader', 'contact-cadre'] });
const linked = distinct({ table: 'assignments', roles: ['household-contact'], key: 'object' });
/** A group whose head is the contact cadre of the village and whose deputy is its branch secretary. */
const responsibilityGroups = where(
  ['team'],
  duty(['group-head'], { on: ['team'], also: ['contact-cadre'] }),
  1,
  duty(['group-deputy'], { on: ['team'], also: ['branch-secretary'] }),
);
const tierCount = (types: AssignmentSource['on'] & object) => distinct({ table: 'units', types, key: 'tier' });
/** The five kinds of responsibility; what only supports is none. */
const responsibilityKinds = new Set(
  Object.values(roles)
    .map((r) => r.tier)
    .filter((t) => t !== 'support'),
).size;
const ownForces = count({ table: 'units', types: ['task-force'], own: true });

export const orgFigures = {
  'admin-villages': f('行政村数', 'Administrative villages', told.n, villages),
  'residents-committees': f('居委会数', 'Residents’ committees', told.n, unitsOf('community')),
  communities: f('社区数', 'Communities', told.n, unitsOf('community')),
  townships: f('乡镇（街道）数', 'Townships and streets', told.n, unitsOf('township', 'street')),
  'party-organisations': f('党组织数', 'Party organisations', told.n, unitsOf('branch')),
  grids: f('网格数', 'Grids', told.n, unitsOf('grid')),
  'community-party-committees': f(
    '社区党组织数（党委、党总支、党支部）',
    'Party organisations of communities (committees, general branches and branches)',
    told.n,
    count({ table: 'units', types: ['branch'], parentTypes: ['community'] }),
  ),
  'estate-branches': f(
    '小区党支部数',
    'Estate branches',
    told.n,
    count({ table: 'units', types: ['branch'], parentTypes: ['estate'] }),
  ),
  'estates-with-branch': f(
    '建立党支部的小区（楼院）数',
    'Estates with a branch',
    told.n,
    distinct({ table: 'units', types: ['branch'], parentTypes: ['estate'], key: 'parent' }),
  ),
  'joint-branches': f(
    '共建联建党支部数',
    'Jointly built branches',
    told.n,
    count({ table: 'agreements', kinds: ['joint-branch'] }),
  ),
  'linkage-levels': f(
    '联动层级数',
    'Linked levels',
    told.n,
    tierCount(['county', 'township', 'street', 'village', 'community']),
  ),
  'grid-levels-rural': f(
    '农村网格层级数',
    'Rural grid levels',
    told.n,
    parameter('农村网格层级', 'rural grid levels', 4),
  ),
  'grid-levels-urban': f(
    '城市网格层级数',
    'Urban grid levels',
    told.n,
    parameter('城市网格层级', 'urban grid levels', 6),
  ),
  'task-forces': f('工作专班数', 'Star task forces of the unit itself', told.n, ownForces),
  'task-forces-per-star': f('每颗星专班数', 'Task forces per star', told.each, ratio(ownForces, stars)),
  'taskforce-levels': f(
    '专班层级数',
    'Levels with task forces',
    told.n,
    distinct({ table: 'units', types: ['task-force'], key: 'parent-tier' }),
  ),
  'command-overall-owners': f('抓总负责人数', 'Overall owners', told.people, duty(['overall-owner'], { own: true })),
  'branch-secretaries': f('党（总）支部书记数', 'Branch secretaries', told.people, duty(['branch-secretary'])),
  'responsibility-levels': f(
    '责任层级数',
    'Levels of responsibility',
    told.n,
    distinct({
      table: 'assignments',
      roles: ['star-leader', 'overall-owner', 'task-force-leader', 'village-leader', 'branch-secretary'],
      on: ['county', 'township', 'street', 'village', 'community'],
      key: 'tier',
    }),
  ),
  'responsibility-roles': f(
    '责任角色数',
    'Kinds of responsibility',
    told.n,
    parameter('统筹、牵头、推进、实施、主体', 'coordinate, lead, push, implement, subject', responsibilityKinds),
  ),
  'contract-tiers': f(
    '包联层级数',
    'Tiers of contracts',
    told.n,
    distinct({ table: 'assignments', roles: ['contact-cadre', 'area-cadre', 'household-contact'], key: 'role' }),
  ),
  'county-leaders-contracting': f(
    '分包重点村的县级干部数',
    'County leaders who contract key villages',
    told.people,
    duty(['county-leader'], { onRole: 'key-village' }),
  ),
  'leaders-per-star': f('每颗星牵头领导数', 'Leaders per star', told.each, ratio(duty(['star-leader']), stars)),
  'departments-in-task-forces': f(
    '组成专班的行业部门数',
    'Departments in task forces',
    told.n,
    distinct({ table: 'assignments', roles: ['lead-department', 'member-department'], key: 'holder-unit' }),
  ),
  'townships-leaders-all-contracted': f(
    '班子成员全部包村的乡镇（街道）数',
    'Townships and streets whose leaders all contract a village',
    told.n,
    where(townTypes, less(leadersContracted, leaders), 0, leaders),
  ),
  'leaders-contracted-coverage': f(
    '班子成员包村覆盖率',
    'Leadership members who contract a village',
    told.percent,
    percent(leadersContracted, leaders),
  ),
  'village-responsibility-groups': f(
    '成立责任组的村（社区）数',
    'Villages with a responsibility group',
    told.n,
    where(measured, responsibilityGroups, 1),
  ),
  'dept-cadres-contracting': f(
    '分包乡镇的部机关干部数',
    'Department cadres who contract townships',
    told.people,
    duty(['department-township']),
  ),
  'dept-contract-groups': f(
    '部机关干部分组数',
    'Contract groups of the department',
    told.n,
    parameter('分组', 'groups', 4),
  ),
  'townships-contracted': f(
    '部机关分包乡镇（街道）数',
    'Townships and streets contracted by the department',
    told.n,
    distinct({ table: 'assignments', roles: ['department-township'], key: 'unit' }),
  ),
  'key-villages-linked': f(
    '部机关联系的重点村（社区）数',
    'Key villages linked with the department',
    told.n,
    distinct({ table: 'assignments', roles: ['department-village'], key: 'unit', onRole: 'key-village' }),
  ),
  'double-contract-visits': f(
    '双包双联走访率',
    'Contracted cadres who visited',
    told.percent,
    percent(
      per(
        'month',
        distinct({
          table: 'cases',
          types: ['guidance'],
          when: 'opened',
          dated: 'on',
          key: 'raiser',
          monthly: true,
          visiting: ['department-township', 'department-village'],
        }),
      ),
      duty(['department-township', 'department-village']),
    ),
  ),
  'grid-staff': f('网格员人数', 'Grid staff', told.people, duty(['grid-staff-fulltime', 'grid-staff-parttime'])),
  'grid-staff-fulltime': f('专职网格员数', 'Full-time grid staff', told.people, duty(['grid-staff-fulltime'])),
  'grid-staff-parttime': f('兼职网格员数', 'Part-time grid staff', told.people, duty(['grid-staff-parttime'])),
  'members-linked': f('联系群众的党员数', 'Members linked with households', told.people, duty(['household-contact'])),
  'households-linked': f('联系群众户数', 'Households linked', told.households, linked),
  'members-claiming-share': f(
    '党员领办率',
    'Linked members who took on a matter',
    told.percent,
    percent(
      distinct({
        table: 'cases',
        types: ['claim'],
        when: 'there',
        states: ['claimed', 'done', 'confirmed'],
        key: 'owner',
        ownerRole: ['household-contact'],
      }),
      duty(['household-contact']),
    ),
  ),
  'households-visited-share': f(
    '联系户走访率',
    'Linked households visited',
    told.percent,
    percent(
      distinct({
        table: 'cases',
        types: ['household-visit'],
        when: 'there',
        dated: 'on',
        key: 'subject',
        linkedBy: ['household-contact'],
      }),
      linked,
    ),
  ),
  'party-members': f('党员数', 'Party members', told.people, { of: 'fact', metric: 'party-members' }),
  population: f('常住人口', 'Resident population', told.people, { of: 'fact', metric: 'population' }),
  'resident-households': f('户数', 'Resident households', told.households, { of: 'fact', metric: 'households' }),
  'distance-to-township-office': f('距乡镇政府距离', 'Distance to the township office', told.km, {
    of: 'fact',
    metric: 'distance-to-township-office',
  }),
  'member-centre-households': f(
    '党员中心户数',
    'Member centre households',
    told.people,
    duty(['member-centre-household']),
  ),
  'active-residents': f(
    '热心居民人数',
    'Active residents',
    told.people,
    distinct({
      table: 'events',
      kinds: [
        'participation',
        'volunteer-service',
        'shift',
        'joint-activity',
        'neighbours-day',
        'council-session',
        'station-activity',
      ],
      key: 'subject',
      subjectKinds: ['active-resident'],
    }),
    ofPersons,
  ),
  'address-grid-coverage': f(
    '地址网格对应率',
    'Addresses in a grid',
    told.percent,
    percent(
      count({ table: 'subjects', kinds: ['address'], onTypes: ['grid', 'building'] }),
      count({ table: 'subjects', kinds: ['address'] }),
    ),
  ),
} as const;
