import { fieldWords, say, unit } from '../fields.ts';
import type { Workflow } from '../records/cases/workflow.ts';

const column = { column: true } as const;
const on = ['日期', 'Day', column] as const;
const meeting = fieldWords({
  on,
  agenda: ['议题', 'Agenda'],
  chair: ['主持', 'Chair'],
  decisions: ['决定', 'Decisions'],
});

const fields: Readonly<Record<string, Workflow['fields']>> = {
  'group-meeting': meeting,
  'joint-meeting': meeting,
  consultation: meeting,
  guidance: fieldWords({
    on,
    topics: ['指导内容', 'Topics'],
    advice: ['意见建议', 'Advice', { long: true }],
    solved: ['现场解决', 'Settled on the spot'],
  }),
  'on-site': fieldWords({ on, problem: ['难题', 'Problem', { long: true }], project: ['涉及项目', 'Project', column] }),
  'research-visit': fieldWords({
    on,
    kind: [
      '类型',
      'Kind',
      { choices: { research: say('调研', 'Research'), deployment: say('部署', 'Deployment') }, ...column },
    ],
    topics: ['内容', 'Topics', { long: true }],
  }),
  'household-visit': fieldWords({ on, request: ['住户提出的事项', 'What the household raised'] }),
  'greening-work': fieldWords({ on, plot: ['地块', 'Plot', column], work: ['管护内容', 'Work', { long: true }] }),
  'force-plan': fieldWords({ goals: ['目标', 'Goals'], measures: ['措施', 'Measures', { long: true }] }),
  'line-review': fieldWords({ on, finding: ['评议意见', 'Finding', { long: true }], goals: ['各项目标进度', 'Goals'] }),
  'secretary-project': fieldWords({
    year: ['年度', 'Year', { unit: unit.year, ...column }],
    goals: ['承诺目标', 'Goals pledged'],
    kept: ['兑现情况', 'Kept'],
    facts: ['履责记录', 'What the records show'],
  }),
  'secretary-sheet': fieldWords({
    from: ['自', 'From', column],
    to: ['至', 'To', column],
    facts: ['履责记录', 'What the records show'],
    overdue: ['超期事项', 'Overdue items'],
  }),
  progress: fieldWords({
    period: ['月份', 'Month', column],
    done: ['已完成', 'Done', { long: true }],
    next: ['下步打算', 'Next', { long: true }],
  }),
};

export function worded<K extends Readonly<Record<string, Workflow>>>(kinds: K): { [T in keyof K]: Workflow } {
  return Object.fromEntries(
    Object.entries(kinds).map(([type, w]) => [type, fields[type] ? { ...w, fields: fields[type] } : w]),
  ) as { [T in keyof K]: Workflow };
}
