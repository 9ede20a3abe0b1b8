import { describe, expect, it } from 'vitest';
import { periodWords } from './index.ts';

describe('periods as people say them', () => {
  it.each([
    ['2026', '2026年', '2026'],
    ['2026Q3', '2026年第三季度', 'quarter 3 of 2026'],
    ['2026-01', '2026年1月', 'January 2026'],
    ['2026-11', '2026年11月', 'November 2026'],
    ['2026-W47', '2026年第47周', 'week 47 of 2026'],
    ['2026-W05', '2026年第5周', 'week 5 of 2026'],
    ['to-date', '今年至今', 'this year to date'],
    ['to-date:2026', '2026年至今', '2026 to date'],
    ['planned:2026', '2026年（计划）', 'planned for 2026'],
    ['2026-13', '2026-13', '2026-13'],
  ])('%s', (p, zh, en) => expect(periodWords(p)).toEqual({ zh, en }));
});
