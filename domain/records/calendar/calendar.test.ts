import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkdays, type Calendar, isWorkday, nextDay, workdaysBack, workdaysBetween } from './index.ts';

const dayIn = fc.integer({ min: 0, max: 1500 }).map((n) => nextDay('2023-06-01', n));
const calendarOf: fc.Arbitrary<Calendar> = fc.record({
  exceptions: fc.array(fc.tuple(dayIn, fc.boolean()), { maxLength: 200 }).map((days) => new Map(days)),
  published: fc.uniqueArray(fc.integer({ min: 2023, max: 2028 })).map((years) => new Set(years)),
});
const term = fc.integer({ min: 0, max: 300 });

describe('workdays', () => {
  it('adding more never comes earlier, and every added day but the start is a workday', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, term, term, (calendar, day, a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        const first = addWorkdays(calendar, day, small).day;
        const second = addWorkdays(calendar, day, large).day;
        expect(first <= second).toBe(true);
        if (small < large) expect(first < second).toBe(true);
        if (large > 0) expect(isWorkday(calendar, second)).toBe(true);
      }),
    );
  });

  it('adding n and then m is adding n + m', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, term, term, (calendar, day, n, m) => {
        const twice = addWorkdays(calendar, addWorkdays(calendar, day, n).day, m).day;
        expect(twice).toBe(addWorkdays(calendar, day, n + m).day);
      }),
    );
  });

  it('going back n workdays leaves n of them up to the day, and one day later would leave fewer', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, fc.integer({ min: 1, max: 60 }), (calendar, day, n) => {
        const back = workdaysBack(calendar, day, n).day;
        expect(workdaysBetween(calendar, back, day).count).toBe(n);
        expect(workdaysBetween(calendar, nextDay(back), day).count).toBe(n - 1);
      }),
    );
  });

  it('counting is the inverse of adding, additive and antisymmetric', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, dayIn, dayIn, term, (calendar, a, b, c, n) => {
        const between = (x: string, y: string) => workdaysBetween(calendar, x, y).count;
        expect(between(a, addWorkdays(calendar, a, n).day)).toBe(n);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
        expect(between(a, b) + between(b, a)).toBe(0);
        expect(between(a, a)).toBe(0);
      }),
    );
  });

  it('counts as one does by going through the days', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, fc.integer({ min: 0, max: 500 }), (calendar, from, span) => {
        let slow = 0;
        for (let i = 1; i <= span; i++) if (isWorkday(calendar, nextDay(from, i))) slow++;
        expect(workdaysBetween(calendar, from, nextDay(from, span)).count).toBe(slow);
      }),
    );
  });

  it('is sure exactly when every year that it touches is published', () => {
    fc.assert(
      fc.property(calendarOf, dayIn, dayIn, (calendar, a, b) => {
        const years = [a, b].map((d) => Number(d.slice(0, 4))).sort((x, y) => x - y);
        let all = true;
        for (let y = years[0]!; y <= years[1]!; y++) all &&= calendar.published.has(y);
        expect(workdaysBetween(calendar, a, b).sure).toBe(all);
      }),
    );
  });

  it('refuses terms that are no number of workdays', () => {
    const calendar: Calendar = { exceptions: new Map(), published: new Set() };
    for (const n of [-1, 0.5, Number.NaN, 1_000_000])
      expect(() => addWorkdays(calendar, '2026-01-01', n)).toThrow(RangeError);
  });
});
