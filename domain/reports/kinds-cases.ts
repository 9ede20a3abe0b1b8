import { column, field, form, optional, say, unit } from '../fields.ts';
import { byType, decided, end, state, step, workflow } from '../records/cases/declare.ts';

const index = (zh: string, en: string) =>
  column(optional(field.decimal(`${zh}（0—100）`, `${en} (0–100)`, unit.score)));

/** A survey keeps its sample and its means; no answer of a person stands anywhere (M077, M078, M213, M221, M312). */
const survey = workflow(
  'survey',
  say('匿名调查', 'Anonymous survey'),
  {
    planned: state('待开展', 'Planned'),
    running: state('进行中', 'Running'),
    closed: end('已汇总', 'Closed'),
    void: end('样本不足，作废', 'Void: too few answers'),
  },
  {
    start: step('开始', 'Start', 'planned', 'running', { needs: ['document'] }),
    close: step('汇总', 'Close', 'running', 'closed', { ...decided, needs: ['evidence'] }),
    annul: step('样本不足', 'Void', ['planned', 'running'], 'void', { needs: ['reason'] }),
  },
  {
    form: form({
      wave: column(field.period('期次', 'Wave')),
      method: field.text('抽样方式', 'How the sample was drawn', 200),
      sample: column(optional(field.whole('有效样本', 'Answers', unit.people, { min: 10 }))),
      happiness: index('幸福感', 'Happiness'),
      gain: index('获得感', 'Gain'),
      safety: index('安全感', 'Safety'),
      satisfaction: index('满意度', 'Satisfaction'),
      recognition: index('认同度', 'Recognition'),
      homeFeeling: optional(field.decimal('“家”的意识（0—100）', 'Feeling of home (0–100)', unit.score)),
      demands: optional(field.list('诉求排序', 'Demands, ranked')),
      group: optional(field.item('群体', 'Group', 'service-group')),
      // Each becomes a task of its own when the survey is closed (M221).
      lowest: optional(field.list('最低项', 'Lowest items', 5)),
    }),
  },
);

export const reportKinds = byType([survey]);
