import { createHash, randomUUID } from 'node:crypto';
import { record } from '../server/platform/journal.ts';
import type { FileStore } from '../server/platform/files/index.ts';
import type { Rq } from '../server/platform/rq.ts';
import type { DemoCounty } from './county.ts';
import { type Ground, inBulk, insertMany } from './ground.ts';
import { drawWorks } from './pictures.ts';
import { agreements } from './work-agreements.ts';
import { insertBooks } from './work-books.ts';
import { localCases } from './work-cases.ts';
import { events } from './work-events.ts';
import { examples } from './work-example.ts';
import {
  insertAgreements,
  insertCases,
  insertDesignations,
  insertDuties,
  insertEvents,
  insertSubjects,
  type Laying,
  layingOf,
} from './work-insert.ts';
import { countedWork } from './work-counted.ts';
import { emptyWork, type Work } from './work-kit.ts';
import { gridWork } from './work-grid.ts';
import { money } from './work-money.ts';
import { localSubjects } from './work-places.ts';
import { projects } from './work-projects.ts';
import { enterprises, villageIndustry } from './work-registry.ts';
import { publishResults } from './work-results.ts';
import { sceneOf } from './work-scene.ts';
import { statusesAndDuties } from './work-status.ts';

/** Two years of the county's work, the same each time it is asked. */
export function workOf(county: DemoCounty): Work {
  const work = emptyWork();
  const scene = sceneOf(county);
  enterprises(work, scene);
  villageIndustry(work, scene);
  localSubjects(work, scene);
  const agreed = agreements(work, scene);
  projects(work, scene);
  money(work, scene, agreed);
  localCases(work, scene);
  gridWork(work, scene);
  countedWork(work, scene);
  events(work, scene);
  statusesAndDuties(work, scene);
  examples(work, scene);
  return work;
}

/** The same seed gives the same digest on every machine. */
export const digestOf = (work: Work): string => createHash('sha256').update(JSON.stringify(work)).digest('hex');

async function insertFacts(l: Laying, { facts }: Work): Promise<void> {
  const columns = {
    id: 'uuid',
    metric: 'text',
    unit_id: 'int',
    unit_path: 'text',
    counted_path: 'text',
    period: 'text',
    value: 'numeric',
    as_of: 'date',
    source: 'text',
    entered_at: 'timestamptz',
  };
  const rows = facts.map((f) => ({
    id: randomUUID(),
    metric: f.metric,
    unit_id: l.unit(f.at),
    unit_path: l.path(f.at),
    counted_path: l.path(f.at),
    period: f.period,
    value: f.value,
    as_of: f.period === '2026' ? '2026-10-31' : `${f.period}-12-31`,
    source: f.source,
    entered_at: f.period === '2026' ? '2026-11-01T02:00:00Z' : `${Number(f.period) + 1}-01-05T02:00:00Z`,
  }));
  await insertMany(l.rq.db, 'facts', columns, rows);
}

async function insertConsents(l: Laying, { consents }: Work): Promise<void> {
  const columns = {
    id: 'uuid',
    subject_id: 'uuid',
    unit_path: 'text',
    purpose: 'text',
    fields: 'text[]',
    given_on: 'date',
    expires_on: 'date',
    channel: 'text',
    document: 'text',
    recorded_at: 'timestamptz',
    person_id: 'uuid',
  };
  const rows = consents.map((c) => ({
    id: c.id,
    subject_id: c.subject,
    unit_path: l.path(c.at),
    purpose: c.purpose,
    fields: c.fields,
    given_on: c.on,
    expires_on: c.until,
    channel: 'paper',
    document: c.document,
    recorded_at: `${c.on}T09:30:00+08:00`,
    person_id: l.person(c.person),
  }));
  await insertMany(l.rq.db, 'consents', columns, rows);
}

const parts: readonly (readonly [name: keyof Work, insert: (l: Laying, work: Work) => Promise<void>])[] = [
  ['duties', insertDuties],
  ['subjects', insertSubjects],
  ['agreements', insertAgreements],
  ['events', insertEvents],
  ['cases', insertCases],
  ['books', insertBooks],
  ['designations', insertDesignations],
  ['facts', insertFacts],
  ['consents', insertConsents],
];

/** What the parts fill. */
const tables = [
  'subjects',
  'agreements',
  'agreement_parties',
  'events',
  'event_items',
  'event_roster',
  'cases',
  'case_steps',
  'books',
  'accounts',
  'account_balances',
  'entries',
  'entry_lines',
  'designations',
  'facts',
  'consents',
  'assignments',
];

/** Lays the records of the work; the journal keeps how many of each there are and the digest of all. */
export async function loadWork(
  rq: Rq,
  county: DemoCounty,
  ground: Ground,
  files: FileStore,
  progress: (share: number) => void = () => undefined,
): Promise<Work> {
  const work = workOf(county);
  const laying = layingOf(rq, county, ground);
  await inBulk(rq.db, tables, async () => {
    for (const [i, [, insert]] of parts.entries()) {
      await insert(laying, work);
      progress((i + 1) / parts.length);
    }
  });
  await publishResults(laying, work);
  await drawWorks(laying, files, work);
  await record(rq, {
    verb: 'demo.work',
    subject: { kind: 'unit', id: ground.unitId.get('county')! },
    path: ground.unitPath.get('county')!,
    after: {
      ...Object.fromEntries(parts.map(([name]) => [name, work[name].length])),
      digest: digestOf(work),
    },
  });
  return work;
}
