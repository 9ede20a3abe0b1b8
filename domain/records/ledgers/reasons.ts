import { reasons } from '../../words.ts';

export const ledgerReason = reasons({
  'book-kind-unit': { zh: '“{kind}”不能设在{type}。', en: '“{kindEn}” is not kept at a {typeEn}.' },
  'book-unit-ended': { zh: '“{name}”已撤销，不能建账。', en: '“{name}” has ended; no book is opened there.' },
  'book-opened-ahead': { zh: '建账日期不能晚于今天。', en: 'A book is not opened ahead of today.' },
  'book-head-kind': { zh: '“{kind}”不能并入“{head}”。', en: '“{kindEn}” does not consolidate into “{headEn}”.' },
  'book-head-measure': { zh: '计量单位不同的账簿不能合并。', en: 'Books of different measures are not added up.' },
  'book-head-above': {
    zh: '总账所在单位须为本单位或其上级，汇总时才能看到全部分账。',
    en: 'The head book is kept by this unit or one above it, so that whoever reads it sees every branch.',
  },
  'book-head-closed': { zh: '总账“{title}”已结束。', en: 'The head book “{title}” has ended.' },
  'book-of-subject': { zh: '“{kind}”须对应一个主体。', en: '“{kindEn}” belongs to a subject of its kinds.' },
  'book-of-case': { zh: '“{kind}”须对应一个事项。', en: '“{kindEn}” belongs to a case of its types.' },
  'book-ended': { zh: '账簿已于 {day} 结束，不能再记账。', en: 'The book ended on {day}; nothing is posted in it.' },
  'book-not-empty': {
    zh: '资产、负债类科目余额须为零才能结束账簿（{account} 余额 {balance}）。',
    en: 'A book ends when its assets and debts are at zero ({account} stands at {balance}).',
  },
  'entry-not-balanced': { zh: '借贷不平，相差 {difference}。', en: 'Debit and credit differ by {difference}.' },
  'entry-too-large': { zh: '金额过大。', en: 'The amount is too large.' },
  'entry-ahead': { zh: '记账日期不能晚于今天。', en: 'An entry is not dated ahead of today.' },
  'entry-before-book': {
    zh: '记账日期不能早于建账日期 {day}。',
    en: 'An entry is not dated before the book was opened, {day}.',
  },
  'entry-closed-period': {
    zh: '{day} 及以前已结账；请记入之后的日期，或说明理由后反结账。',
    en: 'Everything up to {day} is closed: date it later, or reopen with a reason.',
  },
  'entry-no-account': { zh: '该账簿没有科目“{account}”。', en: 'The book has no account “{account}”.' },
  'entry-not-per-subject': {
    zh: '科目“{account}”不按该类主体分户。',
    en: 'Account “{account}” is not kept for this kind of subject.',
  },
  'entry-purpose': { zh: '该类账簿没有用途“{purpose}”。', en: 'This kind of book has no purpose “{purpose}”.' },
  'entry-fund-source': {
    zh: '该类账簿没有资金来源“{source}”。',
    en: 'This kind of book has no fund source “{source}”.',
  },
  'entry-needs-purpose': { zh: '科目“{account}”须注明用途。', en: 'A line on “{account}” names its purpose.' },
  'entry-needs-fund-source': {
    zh: '科目“{account}”须注明资金来源。',
    en: 'A line on “{account}” names where the money comes from.',
  },
  'entry-not-covered': {
    zh: '“{account}”余额不足：{balance}。',
    en: '“{account}” does not hold that much: it would stand at {balance}.',
  },
  'entry-source-posted': {
    zh: '该来源已记账（第 {number} 号）；如需更正，请先冲销。',
    en: 'This source is posted already (number {number}); turn that entry round first.',
  },
  'entry-reversed': { zh: '第 {number} 号已被冲销。', en: 'Number {number} has been turned round already.' },
  'entry-is-reversal': {
    zh: '冲销分录不能再冲销；请重新记账。',
    en: 'A reversal is not turned round; post the entry anew.',
  },
  'entry-reversal-before': {
    zh: '冲销日期不能早于原分录日期 {day}。',
    en: 'A reversal is not dated before its entry, {day}.',
  },
  'book-counterpart': {
    zh: '对方账簿须与本账簿同属一个总账。',
    en: 'The other book must consolidate into the same head.',
  },
  'close-ahead': { zh: '只能结到今天以前。', en: 'Only days before today are closed.' },
  'close-already': { zh: '已结账至 {day}。', en: 'It is closed through {day} already.' },
  'reopen-not-closed': { zh: '{day} 尚未结账。', en: '{day} is not closed.' },
});
