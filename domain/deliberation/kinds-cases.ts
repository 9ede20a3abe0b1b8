import { z } from 'zod';
import { column, field, form, optional, say, unit } from '../fields.ts';
import { byType, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';

const count = (zh: string, en: string) => optional(field.whole(zh, en, unit.people));

/** One call, three discussions, two disclosures; no step can be skipped because no other leads on (M258). */
const topic = workflow(
  'topic',
  say('“一征三议两公开”议题', 'Topic'),
  {
    'opinion-call': state('征求意见', 'Opinion call'),
    'first-discussion': state('一议：支部提议', 'First discussion: the branch'),
    'second-discussion': state('二议：“两委”商议', 'Second discussion: the two committees'),
    'third-discussion': state('三议：居民（代表）决议', 'Third discussion: residents'),
    'decision-disclosed': state('决议已公开', 'Decision disclosed'),
    done: state('已实施', 'Done'),
    'result-disclosed': end('结果已公开', 'Result disclosed'),
    rejected: end('未通过', 'Rejected'),
  },
  {
    propose: step('形成提议', 'Propose', 'opinion-call', 'first-discussion', { needs: ['reason'] }),
    discuss: step('提交“两委”商议', 'To the committees', 'first-discussion', 'second-discussion', {
      needs: ['reason'],
    }),
    submit: step('提交居民决议', 'To the residents', 'second-discussion', 'third-discussion', { needs: ['reason'] }),
    reject: step('未通过', 'Reject', ['first-discussion', 'second-discussion', 'third-discussion'], 'rejected', {
      needs: ['reason'],
    }),
    disclose: step('公开决议', 'Disclose the decision', 'third-discussion', 'decision-disclosed', {
      needs: ['document'],
    }),
    carry: step('实施完成', 'Carried out', 'decision-disclosed', 'done', { needs: ['evidence'] }),
    'disclose-result': step('公开结果', 'Disclose the result', 'done', 'result-disclosed', { needs: ['document'] }),
  },
  {
    openBelow: true,
    form: form({
      content: field.long('议题内容', 'Content', 1000),
      level: column(
        field.choice('议事层级', 'Level', {
          community: say('社区（村）', 'Community'),
          grid: say('网格', 'Grid'),
          branch: say('支部（小区）', 'Branch'),
        }),
      ),
      opinions: count('征求意见人数', 'Opinions'),
      eligible: count('应到人数', 'Eligible'),
      present: count('实到人数', 'Present'),
      inFavour: count('同意', 'In favour'),
      against: count('不同意', 'Against'),
      decision: optional(field.long('决议', 'Decision', 1000)),
    }),
  },
);

const consultation = workflow(
  'opinion-call',
  say('议事平台征求意见', 'Consultation of residents'),
  {
    open: state('征求意见中', 'Open'),
    summarised: state('已汇总', 'Summarised'),
    published: end('采纳情况已公布', 'Published'),
  },
  {
    summarise: step('汇总意见', 'Summarise', 'open', 'summarised', { needs: ['reason'] }),
    publish: step('公布采纳情况', 'Publish', 'summarised', 'published', { needs: ['document'] }),
  },
  {
    dueWorkdays: 10,
    openBelow: true,
    form: form({
      subject: field.long('征求事项', 'Subject', 1000),
      received: column(optional(field.whole('收到意见', 'Received', unit.count))),
      adopted: column(optional(field.whole('采纳意见', 'Adopted', unit.count))),
      handled: optional(field.long('采纳情况', 'How each was handled', 3000)),
    }),
  },
);

const motion = workflow(
  'motion',
  say('提交村（居）“两委”商议', 'Motion to the two committees'),
  {
    put: state('已提出', 'Put'),
    considered: state('已商议', 'Considered'),
    decided: state('已决定，待回复', 'Decided, to be replied'),
    replied: end('已回复群众', 'Replied'),
  },
  {
    consider: step('商议', 'Consider', 'put', 'considered', { notBy: ['raiser'] }),
    decide: step('作出决定', 'Decide', 'considered', 'decided', { needs: ['reason'] }),
    reply: step('回复群众', 'Reply', 'decided', 'replied', { needs: ['reason'] }),
  },
  {
    dueWorkdays: 10,
    form: form({ content: field.long('事项', 'Content', 1000), votes: optional(field.text('表决情况', 'Votes', 200)) }),
  },
);

/** The charter may not punish: its clauses are looked through before the residents vote (M072). */
const charter = workflow(
  'charter',
  say('村规民约（居民公约）修订', 'Revision of the charter'),
  {
    drafted: state('起草', 'Drafted'),
    checked: state('已合法性审查', 'Checked'),
    deliberated: state('已讨论', 'Deliberated'),
    voted: state('已表决', 'Voted'),
    published: end('已公布', 'Published'),
    rejected: end('未通过', 'Rejected'),
  },
  {
    check: step('合法性审查', 'Check', 'drafted', 'checked', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    return: step('退回修改', 'Return', 'drafted', 'drafted', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    deliberate: step('组织讨论', 'Deliberate', 'checked', 'deliberated', { needs: ['reason'] }),
    vote: step('通过表决', 'Vote', 'deliberated', 'voted', { needs: ['reason'] }),
    reject: step('未通过', 'Reject', 'deliberated', 'rejected', { needs: ['reason'] }),
    publish: step('公布', 'Publish', 'voted', 'published', { needs: ['document'] }),
  },
  {
    form: form({
      clauses: field.list('条款', 'Clauses', 60),
      customs: optional(field.list('移风易俗条款', 'Clauses on customs', 30)),
      present: count('到会', 'Present'),
      inFavour: count('同意', 'In favour'),
    }),
  },
);

/** Options put to residents: only the numbers, never who voted how (M336, M246). */
const vote = workflow(
  'resident-vote',
  say('居民表决', 'Vote of residents'),
  {
    prepared: state('准备中', 'Prepared'),
    open: state('表决中', 'Open'),
    counted: state('已计票', 'Counted'),
    locked: end('结果已确认', 'Locked'),
    void: end('无效（未达法定人数）', 'Void, no quorum'),
  },
  {
    start: step('开始表决', 'Open', 'prepared', 'open', { ...given, needs: ['owner', 'document'] }),
    // The numbers come with the count, which looks at them; nothing changes them afterwards.
    count: step('计票', 'Count', 'open', 'counted', { needs: ['reason'], byModule: true }),
    lock: step('确认结果', 'Lock', 'counted', 'locked', { notBy: ['owner'], needs: ['reason'] }),
    annul: step('无效', 'Void', 'counted', 'void', { notBy: ['owner'], needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      question: field.text('表决事项', 'Question', 300),
      options: field.list('选项', 'Options', 10),
      eligible: column(field.whole('有表决权人数', 'Eligible', unit.people, { min: 1 })),
      quorumPercent: optional(
        field.whole('最低参加比例（不填为过半数）', 'Quorum; left out, more than half', unit.percent, {
          min: 1,
          max: 100,
        }),
      ),
      cast: count('参加表决', 'Votes cast'),
      votes: optional({
        schema: z.array(z.int().min(0).max(2_000_000_000)).max(10),
        words: { words: say('各选项得票', 'Votes for each option') },
      }),
      result: optional(field.text('结果', 'Result', 500)),
      projectId: optional(
        field.ref('对应项目', 'Project', { record: 'case', kinds: ['project', 'micro-renewal', 'deed'] }),
      ),
    }),
  },
);

export const deliberationKinds = byType([topic, consultation, motion, charter, vote]);
