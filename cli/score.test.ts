import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scoreCommand } from './score.ts';

let folder = '';
let out = '';
let err = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-score-'));
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const standard = `id: t
version: "1"
title: { zh: 测试, en: Test }
sample: true
source: null
effective: { from: 2026-01-01, to: null }
scheme: rural
grading: { mode: stars }
stars:
  - id: a
    name: { zh: 甲星, en: Star A }
    pass: 12
    requires: [b]
    criteria:
      - { id: a.line, text: { zh: 线 }, points: 20, value: { figure: line }, rule: { type: linear, from: 0.6, to: 1 } }
      - { id: a.panel, text: { zh: 评 }, points: 10, value: { review: panel }, rule: { type: review, max: 10, combine: trimmed } }
  - id: b
    name: { zh: 乙星, en: Star B }
    pass: 5
    criteria:
      - { id: b.rank, text: { zh: 位 }, points: 10, value: { fact: rank }, rule: { type: rank, peers: township, steps: [{ at: 0, points: 5 }, { at: 100, points: 10 }] } }
vetoes:
  - { id: v, text: { zh: 否决 }, scope: b, basis: { title: 样例, number: "1", article: "1" } }
tieBreakers: [a.line]
`;

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(
  values: string | Buffer,
  more: string[] = [],
  units?: string,
): Promise<{ code: number; rows: string[] }> {
  const target = join(folder, 'scores.csv');
  rmSync(target, { force: true });
  const code = await scoreCommand([
    '--standard',
    file('standard.yaml', standard),
    '--values',
    file('values.csv', values),
    '--out',
    target,
    ...(units === undefined ? [] : ['--units', file('units.csv', units)]),
    ...more,
  ]);
  // Neither a half-written nor a temporary file may ever stay.
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(existsSync(target)).toBe(code === 0);
  return { code, rows: code === 0 ? readFileSync(target, 'utf8').trimEnd().split('\n') : [] };
}

describe('wuxing score', () => {
  it('writes level, total, rank and each star, rows in rank order then unit', async () => {
    const { code, rows } = await run(
      [
        'unit,criterion,value',
        '丙村,a.line,0.7',
        '丙村,b.rank,3',
        '甲村,a.line,1',
        ...[7, 8, 9, 8, 10].map((score) => `甲村,a.panel,${score}`),
        '甲村,b.rank,2',
        '"乙,村",a.line,1',
        '"乙,村",b.rank,2',
        '"乙,村",v,1',
        '丁村,a.line,0.7',
        '丁村,b.rank,3',
        '丁村,v,0',
      ].join('\r\n'),
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    // Panel 7 8 8 9 10 without 7 and 10 is 8⅓ of 10. Two of four have the same best b.rank: 2 worse of 3 others is 66.7 %.
    expect(rows).toEqual([
      'unit,level,total,rank,a_points,a_held,b_points,b_held',
      '甲村,2,33.33,1,28.33,1,5.00,1',
      '丁村,1,10.00,2,5.00,0,5.00,1',
      '丙村,1,10.00,2,5.00,0,5.00,1',
      '"乙,村",0,25.00,4,20.00,0,5.00,0',
    ]);
  });

  it('compares within townships and leaves units of another scheme out', async () => {
    const { rows } = await run(
      'unit,criterion,value\nx,b.rank,1\ny,b.rank,2\nz,b.rank,0\n',
      [],
      'unit,township,county,scheme\nx,t1,c,rural\ny,t1,c,rural\nz,t2,c,rural\nw,t2,c,rural\nq,t1,c,urban\n',
    );
    expect(rows.slice(1)).toEqual([
      'y,1,10.00,1,0.00,0,10.00,1',
      'z,1,10.00,1,0.00,0,10.00,1',
      'x,1,5.00,3,0.00,0,5.00,1',
      'w,0,0.00,4,0.00,0,0.00,0',
    ]);
    const within = await run(
      'unit,criterion,value\nx,b.rank,1\ny,b.rank,2\nz,b.rank,0\n',
      ['--rank-within', 'township'],
      'unit,township,county,scheme\nx,t1,c,rural\ny,t1,c,rural\nz,t2,c,rural\n',
    );
    expect(within.rows.slice(1).map((row) => row.split(',')[3])).toEqual(['1', '1', '2']);
  });

  it.each([
    ['a text for a number', 'u,a.line,abc', 2, 'unit u, criterion a.line: a finite number is needed, found "abc"'],
    ['an empty value', 'u,a.line,', 2, 'found ""'],
    ['NaN', 'u,a.line,NaN', 2, 'found "NaN"'],
    ['infinity', 'u,a.line,1e999', 2, 'found "1e999"'],
    ['an unknown criterion', 'u,a.none,1', 2, 'unit u, criterion a.none'],
    ['a second value', 'u,a.line,1\nu,a.line,1', 3, 'only one value'],
    ['a veto that is neither 1 nor 0', 'u,v,yes', 2, 'must be 1 or 0'],
    ['a veto twice', 'u,v,1\nu,v,1', 3, 'only one value'],
    ['a missing column', 'u,a.line', 2, '3 columns expected'],
    ['no unit', ',a.line,1', 2, 'unit is empty'],
    ['a quote in the middle', 'u,a"line,1', 2, 'quote'],
    ['a line count that survives quoted newlines', '"u\r\nu",a.line,1\n\n"w\nw",a.line,x', 5, 'found "x"'],
  ])('refuses %s, with file and line, and writes nothing', async (_, rows, line, words) => {
    const { code } = await run(`unit,criterion,value\n${rows}\n`, ['--lang', 'en']);
    expect(code).toBe(2);
    expect(err).toContain(`${join(folder, 'values.csv')}:${line}: `);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toBe('');
  });

  it('names every problem, one a line', async () => {
    expect((await run('unit,criterion,value\nu,a.line,x\nu,zzz,1\nu,v,7\n')).code).toBe(2);
    expect(
      err
        .trimEnd()
        .split('\n')
        .map((line) => line.split(':')[1]),
    ).toEqual(['2', '3', '4']);
  });

  it('refuses a wrong header, an empty file, a missing file and text that is not UTF-8', async () => {
    expect((await run('unit;criterion;value\n')).code).toBe(2);
    expect((await run('')).code).toBe(2);
    expect(
      (await run(Buffer.from([...Buffer.from('unit,criterion,value\n'), 0xbc, 0xd7, 0xb4, 0xe5, 0x2c, 0x61]))).code,
    ).toBe(2);
    expect(err).toContain('values.csv:2: 不是 UTF-8 编码');
    const missing = [
      '--standard',
      join(folder, 'standard.yaml'),
      '--values',
      join(folder, 'none.csv'),
      '--out',
      join(folder, 'o'),
    ];
    expect(await scoreCommand(missing)).toBe(2);
    expect(err).toContain('none.csv:1: 文件不存在');
  });

  it('accepts a byte order mark, CRLF, columns in another order, trailing blank rows', async () => {
    const { code, rows } = await run('\ufeffvalue,unit,criterion\r\n0.7,u,a.line\r\n,,\r\n\r\n');
    expect(code).toBe(0);
    expect(rows[1]).toBe('u,0,5.00,1,5.00,0,0.00,0');
  });

  it('leaves rows of another scheme to its own standard, refuses units not in the list, and faults of the list', async () => {
    const units = 'unit,township,county,scheme\nx,t,c,rural\nq,t,c,urban\n';
    expect((await run('unit,criterion,value\nnew,a.line,1\nq,a.line,1\n', ['--lang', 'en'], units)).code).toBe(2);
    expect(err).toContain('values.csv:2: unit new is not in the list of units');
    expect(err).not.toContain('unit q');
    err = '';
    expect(
      (await run('unit,criterion,value\n', ['--lang', 'en'], `${units}x,t,c,rural\ny,,c,rural\nz,t,c,\n`)).code,
    ).toBe(2);
    expect(err).toContain('units.csv:4: unit x stands here twice');
    expect(err).toContain('units.csv:5: unit y has no township');
    expect(err).toContain('units.csv:6: unit z has no scheme');
  });

  it('names file, line and field of a faulty standard', async () => {
    const values = file('values.csv', 'unit,criterion,value\n');
    const faulty = file('standard.yaml', standard.replace('requires: [b]', 'requires: [c]'));
    const target = join(folder, 'scores.csv');
    expect(await scoreCommand(['--standard', faulty, '--values', values, '--out', target, '--lang', 'en'])).toBe(2);
    expect(err).toBe(`${faulty}:13: stars[0].requires[0]: requires names an unknown star "c"\n`);
    expect(existsSync(target)).toBe(false);
  });

  it('explains one unit and shows the way up', async () => {
    const values = 'unit,criterion,value\nu,a.line,0.7\nu,b.rank,1\nw,b.rank,2\nu,v,1\n';
    await run(values, ['--explain', 'u', '--lang', 'en']);
    expect(out).toContain('Sample standard');
    expect(out).toContain('level 0/2 · total 10.00 / 40.00');
    expect(out).toContain('a.panel is missing and counts 0');
    expect(out).toContain('better than 0 of 2 peers');
    out = '';
    await run(values, ['--gap', 'u', '--star', 'a', '--lang', 'en']);
    // Both criteria can give the 7 points for effort 1; the one with more headroom is advised.
    expect(out).toContain('a.line 线: 0.7 → 0.84; 5.00 → 12.00 (+7.00 / 20.00)');
    expect(out).toContain('Blocker: requires Star B (b), not held');
    out = '';
    expect((await run(values, ['--gap', 'nobody', '--star', 'a'])).code).toBe(2);
    expect((await run(values, ['--gap', 'u', '--star', 'nothing'])).code).toBe(2);
  });

  it('following the advice of --gap by hand gives the points', async () => {
    const { rows } = await run('unit,criterion,value\nu,a.line,0.84\nu,b.rank,1\n');
    expect(rows[1]).toBe('u,2,22.00,1,12.00,1,10.00,1');
  });

  it('asks for what is missing on the command line', async () => {
    expect(await scoreCommand([])).toBe(2);
    expect(await scoreCommand(['--standard', 'x', '--values', 'y'])).toBe(2);
    expect(await scoreCommand(['--nonsense'])).toBe(2);
    expect(await scoreCommand(['--help'])).toBe(0);
    expect(out).toContain('--standard');
  });
});
