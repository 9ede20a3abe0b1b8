import { byKind, say } from '../fields.ts';
import { book, cash, cashCovered, expense, fundSources, income, liability } from '../records/ledgers/declare.ts';
import { countyDown } from '../records/subjects/declare.ts';

/** What the money of creation is spent on (M036). */
export const fundPurposes = {
  infrastructure: say('基础设施', 'Infrastructure'),
  venue: say('阵地提升', 'Venues'),
  environment: say('人居环境', 'Living environment'),
  industry: say('产业发展', 'Industry'),
  'public-service': say('公共服务', 'Public service'),
  culture: say('文化文明', 'Culture'),
  reward: say('奖励', 'Reward'),
  training: say('教育培训', 'Training'),
  other: say('其他', 'Other'),
} as const;

export const projectBooks = byKind([
  book(
    'creation-fund',
    say('创建资金', 'Creation fund'),
    'fen',
    ['city', ...countyDown, 'task-force'],
    {
      ...cash,
      'income:received': { ...income('筹集（整合）资金', 'Received'), needs: ['fundSource'] },
      'liability:restricted': liability('专款专用结余', 'Held for one purpose'),
      'expense:allocated': { ...expense('拨付专班、村和项目', 'Allocated'), needs: ['purpose'] },
      'expense:paid': { ...expense('直接支出', 'Paid'), needs: ['purpose'] },
      'expense:returned': expense('退回', 'Returned'),
    },
    // Beyond the bank, each source and each restriction holds for itself: rules of the module, looked at with every posting.
    { purposes: fundPurposes, fundSources, covered: cashCovered },
  ),
  book(
    'reward-fund',
    say('年度奖励资金', 'Reward fund of the year'),
    'fen',
    ['city', 'county', 'township', 'street'],
    {
      ...cash,
      'income:appropriated': income('年度安排', 'Appropriated'),
      'liability:awarded': liability('已批准未兑现', 'Awarded, not yet paid'),
      'expense:branch-rewards': expense('支部奖励', 'Rewards of branches'),
      'expense:township-rewards': expense('乡镇奖励', 'Rewards of townships'),
    },
    { fundSources, covered: cashCovered },
  ),
  // What residents gave to a work, counted in time; its value in money stands in the project book, at the agreed rate.
  book(
    'project-labour',
    say('投工台账', 'Labour given to a work'),
    'minutes',
    [...countyDown, 'estate'],
    {
      'expense:labour': expense('用于本项目的投工', 'Labour used'),
      'expense:machines': expense('用于本项目的机械台时', 'Machine time used'),
      'income:labour': income('群众投工', 'Labour given'),
      'income:machines': income('群众投机械', 'Machine time given'),
    },
    { ofCase: ['project', 'micro-renewal', 'deed'] },
  ),
  // The budget is a field of the project; its book holds what was really received, given and spent.
  book(
    'project',
    say('项目账', 'Project book'),
    'fen',
    [...countyDown, 'estate'],
    {
      ...cash,
      'income:funds': income('项目资金', 'Funds of the project'),
      'income:contributed': income('投工投料折价', 'Given labour and goods at agreed value'),
      'expense:works': expense('工程费', 'Works'),
      'expense:materials': expense('材料费', 'Materials'),
      'expense:equipment': expense('设备购置', 'Equipment'),
      'expense:design': expense('设计监理', 'Design and supervision'),
      'expense:wages-local': expense('本村群众劳务费', 'Wages of local people', ['household']),
      'expense:wages-outside': expense('外来劳务费', 'Wages of others'),
      'expense:machines-local': expense('本村机械费', 'Machines of local people', ['household']),
      'expense:machines-outside': expense('外来机械费', 'Machines of others'),
      'expense:contributed-labour': expense('群众投工（折价）', 'Given labour at agreed value', ['household']),
      'expense:contributed-machines': expense('群众投设备（折价）', 'Given machine hours at agreed value', [
        'household',
      ]),
      'expense:contributed-land': expense('无偿用地（折价）', 'Given land at agreed value', ['household']),
      'expense:other': expense('其他', 'Other'),
    },
    {
      purposes: fundPurposes,
      fundSources,
      covered: cashCovered,
      ofCase: ['project', 'micro-renewal', 'deed', 'programme', 'village-plan'],
    },
  ),
]);
