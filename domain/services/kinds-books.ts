import { byKind, say } from '../fields.ts';
import { book, cash, cashCovered, expense, fundSources, income } from '../records/ledgers/declare.ts';

export const serviceBooks = byKind([
  book(
    'canteen',
    say('食堂（照料中心）账', 'Book of a canteen'),
    'fen',
    ['village', 'community'],
    {
      ...cash,
      'income:meals': income('餐费收入', 'Meals'),
      'income:subsidy': income('补贴收入', 'Subsidies'),
      'expense:food': expense('食材', 'Food'),
      'expense:wages': expense('人工', 'Wages'),
      'expense:other': expense('其他', 'Other'),
    },
    { fundSources, covered: cashCovered, ofSubject: ['canteen', 'day-care-centre'] },
  ),
  book(
    'estate-fund',
    say('小区自管账', 'Book of a self-managed estate'),
    'fen',
    ['estate', 'community'],
    {
      ...cash,
      'income:dues': income('业主缴费', 'Dues'),
      'income:fallback': income('社区兜底补助', 'Fallback of the community'),
      'income:public': income('公共收益', 'Common income'),
      'expense:cleaning': expense('保洁', 'Cleaning'),
      'expense:guarding': expense('秩序维护', 'Guarding'),
      'expense:repairs': expense('维修', 'Repairs'),
      'expense:other': expense('其他', 'Other'),
    },
    { fundSources, covered: cashCovered },
  ),
]);
