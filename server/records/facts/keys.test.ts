import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isFigure, isMetric, scoreBarredKeys } from '../../../domain/records/facts/index.ts';
import { inRoot } from '../../platform/paths.ts';

interface Written {
  stars: { criteria: { id: string; value: Record<string, string> }[] }[];
}

const files = readdirSync(inRoot('standards')).filter((f) => /\.ya?ml$/.test(f));

describe('numbers that standards lean on', () => {
  it.each(files)('%s names only facts and figures of the catalogue, none of them barred', (file) => {
    const standard = parse(readFileSync(inRoot('standards', file), 'utf8')) as Written;
    const values = standard.stars.flatMap((s) => s.criteria.map((c) => c.value));
    expect(values.length).toBeGreaterThan(0);
    expect(values.flatMap((v) => (v['fact'] !== undefined && !isMetric(v['fact']) ? [v['fact']] : []))).toEqual([]);
    expect(values.flatMap((v) => (v['figure'] !== undefined && !isFigure(v['figure']) ? [v['figure']] : []))).toEqual(
      [],
    );
    const used = values.flatMap((v) => [v['fact'], v['figure']]);
    expect(scoreBarredKeys.filter((k) => used.includes(k))).toEqual([]);
  });
});
