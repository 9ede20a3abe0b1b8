import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFigure } from '../../../domain/records/facts/index.ts';
import { parseBody, referencesOf, typedNumber } from '../../../domain/reports/index.ts';
import { inRoot } from '../../platform/paths.ts';
import { allTemplates, readTemplate } from './templates.ts';

/** Blanks of the source by id, with the key that fills them. */
function blanks(): Map<string, string> {
  const lines = readFileSync(inRoot('docs', 'mission', 'figures.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const rows = lines.map((line) => ({ id: line.slice(0, 4), key: line.split(',')[2]!, blank: line.endsWith(',yes') }));
  return new Map(rows.filter((r) => r.blank).map((r) => [r.id, r.key]));
}

describe('the five templates', () => {
  it('fill every blank of the source once, with the figure that the source means', () => {
    const wanted = blanks();
    expect(wanted.size).toBe(171);
    const placed = allTemplates().flatMap((t) => referencesOf(t.blocks).filter((r) => r.id !== null));
    const keyOf = new Map(placed.map((r) => [r.id!, r.key.split('/')[0]]));
    expect(placed.length).toBe(171);
    expect([...keyOf].sort()).toEqual([...wanted].sort());
  });

  it('refer only to figures that exist, and type no number of their own', () => {
    for (const template of allTemplates()) {
      expect(template.faults).toEqual([]);
      expect([template.id, typedNumber(template.text)]).toEqual([template.id, null]);
    }
  });

  it('write numbers as Chinese does: no blank beside them, and a change says which way it went', () => {
    for (const { id, text } of allTemplates()) {
      expect([id, /[^\s#] *\}\} +\S|[^\s#] +\{\{/.exec(text)?.[0]]).toEqual([id, undefined]);
      for (const [reference] of text.matchAll(/\{\{[^}]*(?:-yoy|-growth|-change|-increase)[^}]*\}\}/g))
        expect([reference, reference.includes('turn=')]).toEqual([reference, true]);
    }
    expect(new Set(allTemplates().map((t) => t.text.split('\n', 1)[0])).size).toBeGreaterThanOrEqual(3);
  });

  it('are refused with their place when they say what nobody understands', () => {
    const { faults } = parseBody('# 标题\n共 {{no-such}} 个，{{population span=now}}。', isFigure, 7);
    expect(faults.map((f) => [f.line, f.message.en])).toEqual([
      [8, 'There is no figure “no-such”'],
      [8, '“span=now” is not understood'],
    ]);
    expect(() => readTemplate('x.md', 'no head', isFigure)).toThrow(/x\.md:1/);
    expect(() => readTemplate('x.md', '---\nid: X\nfor: [moon]\n---\ntext', isFigure)).toThrow(/x\.md: head/);
  });
});
