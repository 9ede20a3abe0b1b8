import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStandard } from './yaml-standard.ts';

const file = (name: string): string => readFileSync(new URL(`../../standards/${name}`, import.meta.url), 'utf8');
const rural = file('sample-rural.yaml');

function issuesOf(text: string): string[] {
  const read = readStandard(text);
  return read.ok ? [] : read.issues.map((issue) => `${issue.line} ${issue.field}: ${issue.message.en}`);
}

/** The rural sample with one line replaced; the line's number is returned with the faults. */
function broken(from: string, to: string): { line: number; issues: string[] } {
  expect(rural).toContain(from);
  const line = rural.slice(0, rural.indexOf(from)).split('\n').length;
  return { line, issues: issuesOf(rural.replace(from, to)) };
}

describe('standard files', () => {
  it('M267 M296 accepts both labelled samples: five stars each, 29 rural tasks', () => {
    for (const [name, scheme, count] of [
      ['sample-rural.yaml', 'rural', 29],
      ['sample-urban.yaml', 'urban', 26],
    ] as const) {
      const read = readStandard(file(name));
      if (!read.ok) throw new Error(JSON.stringify(read.issues));
      expect(read.warnings).toEqual([]);
      expect(read.standard).toMatchObject({ scheme, sample: true, source: null, pointsIn: 'hundredths' });
      expect(read.standard.stars).toHaveLength(5);
      expect(read.standard.stars.flatMap((star) => star.criteria)).toHaveLength(count);
      for (const star of read.standard.stars) {
        expect(star.criteria.reduce((sum, one) => sum + one.points, 0)).toBe(10_000);
      }
    }
  });

  it('names line and field of a fault', () => {
    const typo = broken('    lead: agriculture', '    leed: agriculture');
    expect(typo.issues).toEqual([`${typo.line} stars[1].leed: unknown field "leed"`]);
    const points = broken('        points: 25\n        must: 10', '        points: many\n        must: 10');
    expect(points.issues).toEqual([`${points.line} stars[1].criteria[1].points: must be a number`]);
    const fine = broken('        points: 25\n        must: 10', '        points: 25.001\n        must: 10');
    expect(fine.issues).toEqual([`${fine.line} stars[1].criteria[1].points: points have at most two decimals`]);
    const syntax = broken('scheme: rural', 'scheme: [rural');
    expect(syntax.issues[0]).toMatch(/YAML/);
  });

  it('points at the nearest line when a field is missing', () => {
    const gone = broken('    pass: 80\n', '');
    expect(gone.issues).toEqual([expect.stringMatching(/^\d+ stars\[0\]\.pass: this field is missing$/)]);
  });

  it('refuses what scoring.md refuses', () => {
    expect(broken('sample: true', 'sample: false').issues[0]).toContain('source: a standard with sample: false');
    expect(broken('requires: [industry, ecology, safety, civility]', 'requires: [nowhere]').issues[0]).toContain(
      'unknown star',
    );
    expect(broken('tieBreakers: [industry.income, branch.life]', 'tieBreakers: [x]').issues[0]).toContain(
      'not a criterion',
    );
    expect(broken('    scope: all\n', '    scope: everything\n').issues[0]).toContain('neither a star nor all');
    expect(broken('number: 样例〔2026〕1号, article: 样例第一条', 'number: 样例〔2026〕1号').issues[0]).toContain(
      'vetoes[0].basis.article',
    );
    expect(broken('from: 0.6, to: 1 }', 'from: 0.6, to: 0.6 }').issues[0]).toContain('must differ');
    expect(broken('{ at: 0.8, points: 14 }', '{ at: 0.6, points: 14 }').issues[0]).toContain('rise strictly');
    expect(broken('type: yes', 'type: maybe').issues[0]).toContain('must be one of: linear');
    expect(broken('        must: 12', '        must: 21').issues[0]).toContain('must lies between');
    expect(broken('  - id: ecology\n', '  - id: industry\n').issues.join()).toContain('used twice');
    expect(broken('effort: 5', 'effort: 0').issues[0]).toContain('effort');
    expect(
      broken(
        "          reason:\n            zh: 现场评议须留存同一位置的前后对比，供复核\n            en: The panel's judgement is checked against the same spot before and after\n",
        '',
      ).issues[0],
    ).toContain('needs a reason');
  });

  it('wants both aspects of a facility, each once', () => {
    const good = 'facility: { id: fire-station, aspect: good }';
    const single = broken(`        ${good}\n`, '');
    expect(single.issues).toEqual([
      expect.stringMatching(/^\d+ stars\[3\]\.criteria\[4\]\.facility: the facility "fire-station" is judged twice/),
    ]);
    expect(broken(good, good.replace('good', 'present')).issues.join()).toContain('good is missing');
    expect(broken(good, good.replace('good', 'fine')).issues[0]).toContain('must be one of: present / good');
  });

  it('refuses a figure that the catalogue bars from scoring, under whatever name it goes', () => {
    const found = broken('figure: station-events', 'figure: mediations-due');
    expect(found.issues).toEqual([
      `${found.line} stars[4].criteria[0].value.figure: the catalogue says that "mediations-due" may not be scored`,
    ]);
  });

  it('refuses a circle of requires and names it', () => {
    const text = rural.replace('    pass: 70\n    requires: []', '    pass: 70\n    requires: [branch]');
    expect(issuesOf(text)[0]).toContain('circle: branch → industry → branch');
  });

  it('M380 M381 refuses to score or veto what people raise, but lets what is late be counted', () => {
    for (const key of ['petitions-count', 'complaints-received', 'disputes', 'years-without-petition', '信访件数']) {
      expect(broken('figure: matters-overdue', `figure: ${key}`).issues[0]).toContain(
        'petitions, complaints or disputes',
      );
    }
    for (const key of ['disputes-settled-on-time', 'complaints-overdue', '信访逾期未办结件数']) {
      expect(broken('figure: matters-overdue', `figure: ${key}`).issues).toEqual([]);
    }
    expect(
      broken('text: { zh: 申报数据弄虚作假, en: Falsified data }', 'text: { zh: 发生进京上访 }').issues[0],
    ).toContain('never');
    expect(broken('text: { zh: 申报数据弄虚作假, en: Falsified data }', 'text: { zh: 打击报复信访人 }').issues).toEqual(
      [],
    );
  });

  it('keeps numbers as written', () => {
    const text = rural.replace("version: '2026.1'", 'version: 2026.10');
    const read = readStandard(text);
    expect(read.ok && read.standard.version).toBe('2026.10');
    expect(broken('from: 0.6, to: 1 }', 'from: 0.60000000000000001, to: 1 }').issues[0]).toContain(
      '15 significant digits',
    );
  });

  it('does not fall for hostile YAML', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
    expect(issuesOf(bomb).length).toBeGreaterThan(0);
    expect(issuesOf('['.repeat(100_000)).length).toBeGreaterThan(0);
    expect(issuesOf('')).toEqual(['1 : wrong type, object expected']);
    expect(issuesOf('').length).toBeGreaterThan(0);
    expect(issuesOf('- 1').length).toBeGreaterThan(0);
    expect(issuesOf('__proto__: { polluted: 1 }').length).toBeGreaterThan(0);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
