import { column, field, form, optional, say } from '../fields.ts';
import { byType, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';

const pledge = workflow(
  'pledge',
  say('书记公开承诺', 'Pledge'),
  {
    published: state('已公开', 'Published', 'owner'),
    due: state('到期待核', 'Due'),
    kept: end('已兑现', 'Kept'),
    'not-kept': end('未兑现（已说明）', 'Not kept, with the reason'),
  },
  {
    report: step('报告兑现情况', 'Report', 'published', 'due', { needs: ['reason'] }),
    keep: step('核定已兑现', 'Kept', 'due', 'kept', { ...decided, notBy: ['owner'], needs: ['evidence'] }),
    miss: step('核定未兑现', 'Not kept', 'due', 'not-kept', { ...decided, notBy: ['owner'], needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      year: column(field.year('年度', 'Year')),
      pledge: field.long('承诺', 'Pledge', 500),
      condition: field.text('可核验的完成条件', 'Condition that can be checked', 300),
      level: column(
        field.choice('书记层级', 'Level', {
          township: say('乡镇（街道）', 'Township'),
          village: say('村（社区）', 'Village'),
        }),
      ),
    }),
  },
);

/** The person concerned never sees it; who raised it is protected (M083). */
const integrity = workflow(
  'integrity-question',
  say('廉情反映', 'Integrity question'),
  {
    received: state('已收到', 'Received'),
    routed: state('已转监委会（回避当事人）', 'Routed, the person concerned excluded'),
    examined: state('核查中', 'Being examined', 'owner'),
    answered: end('已答复', 'Answered'),
  },
  {
    route: step('转办', 'Route', 'received', 'routed', { ...decided, ...given, notBy: ['raiser'], needs: ['owner'] }),
    examine: step('开始核查', 'Examine', 'routed', 'examined', { onlyBy: 'owner', dueWorkdays: 30 }),
    answer: step('答复', 'Answer', 'examined', 'answered', { onlyBy: 'owner', needs: ['reason'] }),
  },
  {
    dueWorkdays: 5,
    confidential: true,
    form: form({
      about: column(
        field.choice('事项', 'About', {
          funds: say('公共资金', 'Public funds'),
          posts: say('岗位职责', 'Posts'),
          projects: say('工程项目', 'Projects'),
          other: say('其他', 'Other'),
        }),
      ),
      question: field.long('反映内容（不写反映人）', 'Question, without who raised it', 2000),
      anonymous: field.flag('不具名', 'Anonymous'),
    }),
  },
);

const item = workflow(
  'disclosure-item',
  say('“三务”公开事项', 'Disclosure item'),
  {
    due: state('应公开', 'Due'),
    prepared: state('待审核', 'Prepared'),
    published: state('已公开', 'Published'),
    closed: end('公开期满', 'Closed'),
  },
  {
    prepare: step('提交审核', 'Prepare', 'due', 'prepared'),
    return: step('退回', 'Return', 'prepared', 'due', { notBy: ['raiser'], needs: ['reason'] }),
    publish: step('公开', 'Publish', 'prepared', 'published', { notBy: ['raiser'], needs: ['evidence'] }),
    close: step('期满', 'Close', 'published', 'closed'),
  },
  {
    dueWorkdays: 10,
    openBelow: true,
    form: form({
      area: column(
        field.choice('类别', 'Area', {
          party: say('党务', 'Party'),
          village: say('村（居）务', 'Village'),
          finance: say('财务', 'Finance'),
        }),
      ),
      item: column(field.item('公开目录', 'Catalogue item', 'disclosure-item')),
      period: field.period('所属期间', 'Period'),
    }),
  },
);

const adoption = workflow(
  'adoption',
  say('学习借鉴做法', 'Adoption of a practice'),
  {
    chosen: state('拟借鉴', 'Chosen'),
    tried: state('试行中', 'Being tried'),
    kept: end('已推行', 'Kept'),
    dropped: end('不适用', 'Dropped'),
  },
  {
    try: step('试行', 'Try', 'chosen', 'tried'),
    keep: step('推行', 'Keep', 'tried', 'kept', { needs: ['reason'] }),
    drop: step('不适用', 'Drop', ['chosen', 'tried'], 'dropped', { needs: ['reason'] }),
  },
  {
    form: form({
      practice: column(field.text('做法', 'Practice')),
      from: field.text('来源单位', 'From', 100),
      measure: field.text('本地举措', 'Measure at home', 500),
      result: optional(field.text('效果', 'Result', 500)),
    }),
  },
);

export const disclosureKinds = byType([pledge, integrity, item, adoption]);
