import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayOf, figures, percentOf, shows, turnedOf, turnNames, turns } from './index.ts';

describe('numbers as people read them', () => {
  const share = figures['party-meetings-held-share']!;

  it('writes a share of one in percent, in both languages', () => {
    expect(displayOf(share, '0.818182')).toBe('81.82%');
    expect(displayOf(share, '1', 'plain', 'en')).toBe('100%');
    expect(displayOf(share, '0')).toBe('0%');
  });

  it('never lets a share look further along than half of a hundredth of a percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const shown = Number(percentOf(String(millionths / 1_000_000)).slice(0, -1));
        expect(Math.abs(shown - millionths / 10_000)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it('leaves percentages of a hundred as they are', () => {
    expect(displayOf(figures['matters-on-time-share']!, '96.5')).toBe('96.5%');
  });

  const count = figures['creation-problems-solved']!;
  const money = figures['farm-income-gain']!;
  const percent = figures['share-fully-employed-communities']!;

  it('rounds in words that are true and Chinese', () => {
    expect(displayOf(count, '1516', '余')).toBe('1500余');
    expect(displayOf(money, '194.5', '余')).toBe('190余万元');
    expect(displayOf(money, '33.37', '余')).toBe('33万余元');
    expect(displayOf(money, '33.37', '近')).toBe('近34万元');
    expect(displayOf(percent, '58.333333', '超')).toBe('超58%');
    expect(displayOf(figures['population']!, '45210', '万')).toBe('4.5万人');
  });

  it('tells a number as it is where the words would say what it is itself, or where there is nothing to round', () => {
    expect(displayOf(count, '170', '余')).toBe('170');
    expect(displayOf(count, '17', '余')).toBe('17');
    expect(displayOf(money, '30', '近')).toBe('30万元');
    expect(displayOf(percent, '50', '超')).toBe('50%');
    expect(displayOf(percent, '0', '超')).toBe('0%');
    expect(displayOf(figures['population']!, '850', '万')).toBe('850人');
  });

  it('says which way a change went and never writes a minus', () => {
    const rate = figures['fraud-rate-yoy']!;
    expect(turnedOf(rate, '-5.5', '上升')).toBe('下降5.5%');
    expect(turnedOf(rate, '2.05', '上升')).toBe('上升2.05%');
    expect(turnedOf(rate, '-0.001', '上升')).toBe('持平');
    expect(turnedOf(money, '-33.37', '增收', '余')).toBe('减收33万余元');
    const multiple = figures['villages-income-growth-multiple']!;
    expect(turnedOf(multiple, '0.32', '增加')).toBe('增加0.32倍');
    expect(turnedOf(multiple, '-0.25', '增加')).toBe('减少25%');
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.constantFrom(...turnNames),
        fc.constantFrom(...shows),
        (hundredths, turn, show) => {
          const said = turnedOf(rate, String(hundredths / 100), turn, show);
          expect(said.startsWith(turns[turn][hundredths > 0 ? 0 : hundredths < 0 ? 1 : 2])).toBe(true);
          expect(said).not.toContain('-');
        },
      ),
    );
  });
});
