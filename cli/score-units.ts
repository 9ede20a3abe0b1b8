// What `wuxing score` knows about units and their values after reading the two files.
import type { PlacedUnit } from '../domain/stars/score-all.ts';
import { valueProblemText } from '../domain/stars/score.ts';
import type { ValueProblem } from '../domain/stars/score.ts';
import { criteriaOf } from '../domain/stars/standard.ts';
import type { Standard } from '../domain/stars/standard.ts';
import { buildTable, readNumber } from '../domain/stars/table.ts';
import type { TableBuilder } from '../domain/stars/table.ts';
import { readCsv } from './score-input.ts';
import type { Problems } from './score-input.ts';

export type Unit = PlacedUnit & { unit: string };

export type ScoreInput = { units: Unit[]; table: TableBuilder; vetoes: Map<number, Set<number>> };

/** The units of a file by id; `foreign` are those of another scheme, which this standard does not score. */
export type UnitList = { units: Unit[]; foreign: Set<string> };

/**
 * Reads `unit,township,county,scheme`. A unit of another scheme than the standard's is left out of scoring and of every
 * peer group; the scheme is an attribute of the unit, whatever its name says.
 */
export async function readUnits(file: string, standard: Standard, problems: Problems): Promise<UnitList> {
  const units: Unit[] = [];
  const foreign = new Set<string>();
  const seen = new Set<string>();
  const peers = new Set(
    criteriaOf(standard).flatMap(({ criterion }) => (criterion.rule.type === 'rank' ? [criterion.rule.peers] : [])),
  );
  await readCsv(file, ['unit', 'township', 'county', 'scheme'], problems, (cells, line) => {
    const [unit = '', township = '', county = '', scheme = ''] = cells;
    if (unit === '') return problems.add(file, line, { zh: '单位为空', en: 'the unit is empty' });
    if (seen.has(unit))
      return problems.add(file, line, { zh: `单位 ${unit} 重复`, en: `unit ${unit} stands here twice` });
    seen.add(unit);
    if (scheme === '')
      return problems.add(file, line, { zh: `单位 ${unit} 没有类别`, en: `unit ${unit} has no scheme` });
    if (scheme !== standard.scheme) return void foreign.add(unit);
    if (peers.has('township') && township === '') {
      problems.add(file, line, {
        zh: `单位 ${unit} 没有乡镇，无法按乡镇比较`,
        en: `unit ${unit} has no township to be compared in`,
      });
    }
    if (peers.has('county') && county === '') {
      problems.add(file, line, {
        zh: `单位 ${unit} 没有县，无法按县比较`,
        en: `unit ${unit} has no county to be compared in`,
      });
    }
    units.push({ unit, township, county, scheme });
  });
  return { units, foreign };
}

/**
 * Reads `unit,criterion,value`. With a list of units, every row must be about one of them that the standard scores; without
 * one, the units are those that occur, and they form one peer group. A value given twice is a fault even when both are the
 * same, because nobody can say which of the two rows was meant to be another one; only a review takes several.
 */
export async function readValues(
  file: string,
  standard: Standard,
  list: UnitList | null,
  problems: Problems,
): Promise<ScoreInput> {
  const units: Unit[] = list ? list.units : [];
  const rows = new Map(units.map(({ unit }, row) => [unit, row]));
  const criteria = new Map(criteriaOf(standard).map(({ criterion }, index) => [criterion.id, index]));
  const vetoIds = new Map(standard.vetoes.map((veto, index) => [veto.id, index]));
  const table = buildTable(standard, Math.max(1024, units.length));
  const vetoes = new Map<number, Set<number>>();
  const answered = new Set<string>();

  const rowOf = (unit: string, line: number): number | null => {
    const row = rows.get(unit);
    if (row !== undefined) return row;
    if (!list) {
      units.push({ unit });
      rows.set(unit, units.length - 1);
      return units.length - 1;
    }
    // One file of values may serve both schemes of a county: rows of units that another standard judges are left to it.
    if (!list.foreign.has(unit))
      problems.add(file, line, {
        zh: `单位 ${unit} 不在单位表中`,
        en: `unit ${unit} is not in the list of units`,
      });
    return null;
  };

  /** A veto in force is the value 1; 0 says that it was looked at and is not in force. */
  const takeVeto = (row: number, veto: number, value: string): ValueProblem['code'] | null => {
    const inForce = readNumber(value);
    if (inForce !== 1 && inForce !== 0) return 'not-yes-no';
    if (answered.has(`${row} ${veto}`)) return 'several-values';
    answered.add(`${row} ${veto}`);
    if (inForce === 1) {
      table.addVeto(row, veto);
      vetoes.set(row, (vetoes.get(row) ?? new Set()).add(veto));
    }
    return null;
  };

  await readCsv(file, ['unit', 'criterion', 'value'], problems, (cells, line) => {
    const [unit = '', id = '', value = ''] = cells;
    if (unit === '') return problems.add(file, line, { zh: '单位为空', en: 'the unit is empty' });
    const row = rowOf(unit, line);
    if (row === null) return;
    const criterion = criteria.get(id);
    const veto = vetoIds.get(id);
    let code: ValueProblem['code'] | null = 'unknown-criterion';
    if (criterion !== undefined) code = table.add(row, criterion, value)?.code ?? null;
    else if (veto !== undefined) code = takeVeto(row, veto, value);
    if (code === null) return;
    const problem: ValueProblem = { unit, criterion: id, found: value, code };
    problems.add(file, line, { zh: valueProblemText(problem, 'zh'), en: valueProblemText(problem, 'en') });
  });
  return { units, table, vetoes };
}
