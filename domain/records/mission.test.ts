import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreementKinds } from './agreements/all.ts';
import { roles } from './assignments/roles.ts';
import { workflows } from './cases/all.ts';
import { catalogues } from './catalogues/all.ts';
import { designationKinds } from './designations/kinds.ts';
import { eventKinds } from './events/all.ts';
import { metrics } from './facts/metrics.ts';
import { bookKinds } from './ledgers/all.ts';
import { writtenKinds } from './publications/contract.ts';
import { subjectKinds } from './subjects/all.ts';
import { unitTypes } from './units/types.ts';

// docs/mission/records.csv says for every mechanism and every figure which records hold it: the table that others look
// things up in is never ahead of the declarations, and no declaration of a work module stands for nothing.

const mission = (file: string) =>
  readFileSync(new URL(`../../docs/mission/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);

const table = mission('records.csv').map((line) => {
  const [of, id, held, records] = line.split(',');
  return { of: of!, id: id!, held: held!, records: records!.split(' ') };
});

const judgementKinds = ['diagnosis', 'self', 'review', 'verify', 'joint', 'panel', 'observation'];
/** Settings that a report or a figure is asked with: no record holds them. */
const parameters = [
  'accounting-year',
  'collective-income-threshold',
  'fraud-window-start-month',
  'key-village-level-threshold',
];
const known: Readonly<Record<string, readonly string[]>> = {
  unit: Object.keys(unitTypes),
  subject: Object.keys(subjectKinds),
  assignment: Object.keys(roles),
  agreement: Object.keys(agreementKinds),
  standard: ['star'],
  fact: Object.keys(metrics),
  case: Object.keys(workflows),
  event: Object.keys(eventKinds),
  judgement: judgementKinds,
  ledger: Object.keys(bookKinds),
  designation: Object.keys(designationKinds),
  publication: [...writtenKinds, 'star-result'],
  catalogue: Object.keys(catalogues),
  parameter: parameters,
};

describe('the table of records', () => {
  it('has every mechanism and every figure once', () => {
    const idsOf = (of: string) => table.filter((row) => row.of === of).map((row) => row.id);
    expect(idsOf('mechanism')).toEqual(mission('mechanisms.csv').map((line) => line.slice(0, 4)));
    expect(idsOf('mechanism')).toHaveLength(448);
    const keys = [...new Set(mission('figures.csv').map((line) => line.split(',')[2]!))];
    expect(idsOf('figure')).toEqual(keys);
    expect(keys).toHaveLength(257);
  });

  it('names only kinds that are declared', () => {
    const missing = table.flatMap((row) =>
      row.records
        .filter((record) => {
          const [type, kind] = record.split(':') as [string, string];
          return !known[type]?.includes(kind);
        })
        .map((record) => `${row.id} ${record}`),
    );
    expect(missing).toEqual([]);
    expect(table.filter((row) => !['data', 'own', 'figure'].includes(row.held))).toEqual([]);
    expect(table.filter((row) => row.of === 'figure' && row.held !== 'figure')).toEqual([]);
  });

  it('leaves no kind of a work module without a mechanism or figure that needs it', () => {
    const named = new Set(table.flatMap((row) => row.records));
    const idle = (['subject', 'agreement', 'event', 'ledger', 'catalogue'] as const).flatMap((type) =>
      known[type]!.map((kind) => `${type}:${kind}`).filter((record) => !named.has(record)),
    );
    const idleCases = Object.values(workflows)
      .filter((w) => w.generic && !named.has(`case:${w.type}`))
      .map((w) => `case:${w.type}`);
    expect([...idle, ...idleCases]).toEqual([]);
  });
});
