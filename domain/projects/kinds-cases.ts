import { column, field, form, optional, say, unit } from '../fields.ts';
import { byType, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';
import { classWords } from './classes.ts';
import { fundPurposes } from './kinds-books.ts';
import { fundWorkflows } from './kinds-funds.ts';
import { placeWorkflows } from './kinds-places.ts';

const place = optional(field.text('地点', 'Place', 100));
const budgetFen = column(optional(field.money('批准预算', 'Approved budget')));
const initiatedBy = optional(
  field.choice('提出', 'Proposed by', {
    residents: say('群众', 'Residents'),
    committees: say('“两委”', 'The committees'),
    above: say('上级', 'Above'),
  }),
);
/** What residents chose; their vote sets it, and nothing changes it afterwards (M336). */
const chosen = {
  voteId: optional(field.ref('居民表决', 'Vote of residents', { record: 'case', kinds: ['resident-vote'] })),
  approvedOption: optional(field.text('群众选定方案', 'Option chosen by residents')),
};
const supervisedBy = optional(field.text('群众监督', 'Supervised by, as a group', 100));
const themes = optional(field.items('战略主题', 'Themes', 'strategy-theme'));

/** A programme holds works under one design (M298, M331, M335); each work is a project of its own below it. */
const programme = workflow(
  'programme',
  say('项目（工程）计划', 'Programme of works'),
  {
    planned: state('规划设计', 'Planned'),
    running: state('实施中', 'Running'),
    completed: end('已完成', 'Completed'),
    stopped: end('已终止', 'Stopped'),
  },
  {
    start: step('启动实施', 'Start', 'planned', 'running', { ...decided, needs: ['document'] }),
    complete: step('完成', 'Complete', 'running', 'completed', { ...decided, needs: ['reason'] }),
    stop: step('终止', 'Stop', ['planned', 'running'], 'stopped', { ...decided, needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      system: column(
        field.choice('体系', 'System', {
          'public-service': say('公共服务', 'Public service'),
          infrastructure: say('基础设施', 'Infrastructure'),
          'production-living': say('生产生活', 'Production and living'),
          mixed: say('综合', 'Mixed'),
        }),
      ),
      belt: optional(field.text('示范带（片区）', 'Belt or zone', 100)),
      keyWorks: column(field.flag('重点工程', 'Key works')),
      scope: optional(field.long('建设内容和范围', 'Scope', 1000)),
      budgetFen,
      supervisedBy,
      themes,
    }),
  },
);

/** What a work can be about and be handed over as. */
const handedInto = [
  'workshop',
  'canteen',
  'day-care-centre',
  'service-centre',
  'service-street',
  'culture-square',
  'production-base',
  'rural-complex',
  'small-garden',
  'facility',
  'camera',
  'fire-station',
  'public-toilet',
  'sewage-system',
];

const project = workflow(
  'project',
  say('项目（工程）', 'Project'),
  {
    proposed: state('已提出', 'Proposed'),
    deliberated: state('已议定', 'Deliberated'),
    approved: state('已批准', 'Approved'),
    funded: state('资金已落实', 'Funded'),
    building: state('施工中', 'Being built', 'owner'),
    accepted: state('已验收', 'Accepted'),
    'handed-over': state('已移交', 'Handed over'),
    published: end('结果已公开', 'Published'),
    dropped: end('未实施', 'Dropped'),
  },
  {
    deliberate: step('议定', 'Deliberate', 'proposed', 'deliberated', { needs: ['reason'] }),
    approve: step('批准', 'Approve', 'deliberated', 'approved', { ...decided, notBy: ['raiser'], needs: ['document'] }),
    fund: step('落实资金', 'Fund', 'approved', 'funded', { needs: ['reason'] }),
    build: step('开工', 'Build', 'funded', 'building', given),
    accept: step('验收', 'Accept', 'building', 'accepted', { notBy: ['owner'], needs: ['evidence', 'reason'] }),
    'hand-over': step('移交管护', 'Hand over', 'accepted', 'handed-over', { needs: ['reason'] }),
    publish: step('公开结果', 'Publish', 'handed-over', 'published'),
    drop: step('不再实施', 'Drop', ['proposed', 'deliberated', 'approved', 'funded'], 'dropped', {
      ...decided,
      needs: ['reason'],
    }),
  },
  {
    openBelow: true,
    subjects: ['work', 'leftover-plot', ...handedInto],
    form: form({
      class: column(field.choice('工程类别', 'Class', classWords)),
      use: column(field.choice('资金用途', 'Use', fundPurposes)),
      key: column(field.flag('列入重点工程', 'Key work')),
      place,
      budgetFen,
      term: optional(
        field.choice('长短结合', 'Term', { short: say('短期见效', 'Short term'), long: say('长期建设', 'Long term') }),
      ),
      initiatedBy,
      decidedBy: optional(
        field.choice('决定方式', 'Decided by', {
          vote: say('群众表决', 'Vote of residents'),
          committees: say('“两委”', 'The committees'),
          above: say('上级', 'Above'),
        }),
      ),
      supervisedBy,
      builtByResidents: optional(field.flag('群众参与建设', 'Residents helped to build')),
      households: optional(field.whole('涉及（受益）户数', 'Households', unit.households)),
      parkingPlaces: optional(field.whole('车位', 'Parking places', unit.count)),
      lengthM: optional(field.whole('长度', 'Length', unit.metres)),
      connected: optional(field.whole('接入户数', 'Households connected', unit.households)),
      utility: optional(field.text('供电（管线）单位', 'Utility', 100)),
      areas: optional(field.list('影响范围', 'Areas affected', 30)),
      placeId: optional(field.ref('移交为', 'Handed over as', { record: 'subject', kinds: handedInto })),
      landConsent: optional(
        field.choice('用地（权利人）同意', 'Consent to the use of land', {
          'not-needed': say('不涉及', 'Not needed'),
          open: say('未取得', 'Still open'),
          given: say('已取得', 'Given'),
        }),
      ),
      design: optional(field.text('设计方案', 'Design', 200)),
      ...chosen,
      differenceReason: optional(field.long('预算与实际差异说明', 'Why cost and budget differ', 1000)),
      themes,
    }),
  },
);

/** Small renewals by kind (M332, M333): many, cheap, with what was there before. */
const micro = workflow(
  'micro-renewal',
  say('微改造（“五微”）', 'Micro renewal'),
  {
    proposed: state('已提出', 'Proposed'),
    agreed: state('已同意', 'Agreed'),
    doing: state('实施中', 'Being done', 'owner'),
    done: end('已完成', 'Done'),
    dropped: end('未实施', 'Dropped'),
  },
  {
    agree: step('同意', 'Agree', 'proposed', 'agreed'),
    start: step('实施', 'Start', 'agreed', 'doing', given),
    finish: step('完成', 'Finish', 'doing', 'done', { needs: ['evidence'] }),
    drop: step('不实施', 'Drop', ['proposed', 'agreed'], 'dropped', { needs: ['reason'] }),
  },
  {
    openBelow: true,
    subjects: ['leftover-plot', 'small-garden', 'heritage'],
    form: form({
      kind: column(field.item('类别', 'Kind', 'micro-work-kind')),
      place,
      initiatedBy,
      costFen: column(optional(field.money('花费', 'Cost'))),
      upkeep: optional(field.text('管护', 'Upkeep', 100)),
      ...chosen,
    }),
  },
);

const change = workflow(
  'design-change',
  say('设计变更', 'Design change'),
  {
    proposed: state('已提出', 'Proposed'),
    approved: state('已批准', 'Approved'),
    applied: end('已实施', 'Applied'),
    refused: end('未批准', 'Refused'),
  },
  {
    approve: step('批准', 'Approve', 'proposed', 'approved', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    refuse: step('不批准', 'Refuse', 'proposed', 'refused', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    apply: step('实施', 'Apply', 'approved', 'applied', { needs: ['evidence'] }),
  },
  {
    dueWorkdays: 10,
    form: form({
      why: field.long('变更理由（群众意见）', 'Why, with the opinion of residents', 1000),
      opinionId: optional(
        field.ref('对应意见', 'Opinion', { record: 'case', kinds: ['opinion', 'matter', 'opinion-call'] }),
      ),
      measure: field.text('计量单位', 'Unit of measure', 20),
      quantityBefore: column(field.decimal('原工程量', 'Quantity before', unit.count)),
      quantityAfter: column(field.decimal('变更后工程量', 'Quantity after', unit.count)),
      costBeforeFen: optional(field.money('原造价', 'Cost before')),
      costAfterFen: optional(field.money('变更后造价', 'Cost after')),
      safety: field.text('安全影响', 'Effect on safety', 300),
    }),
  },
);

export const projectKinds = byType([programme, project, micro, change, ...fundWorkflows, ...placeWorkflows]);
