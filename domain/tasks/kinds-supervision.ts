import { column, field, form, optional, say } from '../fields.ts';
import { byType, decided, end, state, step, workflow } from '../records/cases/declare.ts';

/**
 * A supervision round (督查) looks at a set of open items one by one. Only the module opens and moves both: an item waits for
 * its finding to be put right, and the round closes when every item has been answered (M030).
 */
export const supervisionKinds = byType([
  workflow(
    'supervision',
    say('督查轮次', 'Supervision round'),
    {
      open: state('督查中', 'Under way', 'owner'),
      closed: end('已结束', 'Closed'),
      cancelled: end('已撤销', 'Cancelled'),
    },
    {
      close: step('结束督查', 'Close', 'open', 'closed', { ...decided, needs: ['reason'] }),
      cancel: step('撤销督查', 'Cancel', 'open', 'cancelled', { ...decided, needs: ['reason'] }),
    },
    {
      openVerb: 'cases.assign',
      generic: false,
      form: form({
        points: field.list('督查内容', 'What is checked', 30),
        until: column(field.day('督查期限', 'Until')),
      }),
    },
  ),
  workflow(
    'supervision-item',
    say('督查事项', 'Item of a supervision round'),
    {
      pending: state('待督查', 'To be looked at', null),
      confirmed: end('情况属实', 'Confirmed'),
      found: state('发现问题，整改中', 'Finding, being put right', null),
      settled: end('整改已销号', 'Put right'),
      dropped: end('未督查', 'Not looked at'),
    },
    {
      confirm: step('情况属实', 'Confirm', 'pending', 'confirmed', { ...decided, needs: ['reason'] }),
      find: step('发现问题', 'Record a finding', 'pending', 'found', { ...decided, needs: ['reason'] }),
      settle: step('整改销号', 'Settle', 'found', 'settled', { onlySystem: true }),
      drop: step('撤销', 'Drop', 'pending', 'dropped', { onlySystem: true }),
    },
    {
      openVerb: 'cases.assign',
      generic: false,
      form: form({
        note: optional(field.long('督查情况', 'What was seen', 2000)),
        problemId: optional(field.ref('整改问题', 'Problem it became', { record: 'case', kinds: ['problem'] })),
        returned: optional(field.flag('已退回重办', 'The item was returned')),
      }),
    },
  ),
]);
