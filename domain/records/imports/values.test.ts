import { describe, expect, it } from 'vitest';
import { columnsOf, importKinds, readDay, readHeads, readNumber, readPeriod } from './index.ts';

describe('what people write', () => {
  it.each([
    ['2020.7.1', '2020-07-01'],
    ['2020/07/01', '2020-07-01'],
    ['2020年7月1日', '2020-07-01'],
    ['２０２０-０７-０１', '2020-07-01'],
    ['20200701', '2020-07-01'],
    ['2020-02-30', null],
    ['7/1/2020', null],
    ['44013', '2020-07-01'],
    ['12345', null],
    ['', null],
  ])('the day %s', (given, day) => expect(readDay(given)).toBe(day));

  it.each([
    ['2026', '2026'],
    ['2026年', '2026'],
    ['2026Q3', '2026Q3'],
    ['2026q3', '2026Q3'],
    ['2026年第三季度', '2026Q3'],
    ['2026年3季度', '2026Q3'],
    ['2026-1', '2026-01'],
    ['2026年11月', '2026-11'],
    ['２０２６', '2026'],
    ['2026-13', null],
    ['26', null],
    ['2026Q5', null],
  ])('the period %s', (given, period) => expect(readPeriod(given)).toBe(period));

  it.each([
    ['1,234.50', '1234.50'],
    ['１２３', '123'],
    ['1 234', '1234'],
    ['-5', '-5'],
    ['+5', '5'],
    ['12,34', null],
    ['1.2.3', null],
    ['约300', null],
    ['3e5', null],
    ['三', null],
  ])('the number %s', (given, number) => expect(readNumber(given)).toBe(number));
});

describe('heads', () => {
  it('are known in both languages, in any order, starred or not, and beside a number and an error column', () => {
    for (const kind of importKinds) {
      const zh = columnsOf[kind].map((c) => (c.required ? `* ${c.words.zh}` : c.words.zh));
      const en = columnsOf[kind].map((c) => c.words.en);
      expect(readHeads(kind, zh)?.keys).toEqual(columnsOf[kind].map((c) => c.key));
      expect(readHeads(kind, [...en].reverse())?.keys).toEqual(columnsOf[kind].map((c) => c.key).reverse());
      expect(readHeads(kind, ['序号', ...zh, '错误原因', ''])?.keys[0]).toBeNull();
    }
  });

  it('that were changed, removed, repeated or added are refused', () => {
    const zh = columnsOf.facts.map((c) => c.words.zh);
    expect(readHeads('facts', zh.slice(1))).toBeNull();
    expect(readHeads('facts', [...zh, '备注'])).toBeNull();
    expect(readHeads('facts', [...zh, zh[0]!])).toBeNull();
    expect(
      readHeads(
        'facts',
        zh.map((h) => h.replace('数值', '数 量')),
      ),
    ).toBeNull();
    expect(readHeads('units', zh)).toBeNull();
  });
});
