// A report of twenty pages for a county of 500 villages: the page that fills itself from the records, and the Word file.
import { inRoot } from '../../server/platform/paths.ts';
import { readFileSync } from 'node:fs';
import { keepFigures } from '../../server/records/facts/index.ts';
import { clock, fillCounty, year } from '../lib/county.ts';
import { inProcess } from '../lib/app.ts';
import { benchDatabase } from '../lib/databases.ts';
import type { Bench, Measure } from '../lib/measure.ts';
import { addPerson, password } from '../lib/people.ts';
import { sampleStandards } from '../lib/rural.ts';
import { p95 } from '../lib/timing.ts';
import { ids } from '../lib/tree.ts';

const pages = 20;
/** Lines of a page and characters of a line in the layout of official documents. */
const layout = { lines: 22, characters: 28 };
const templates = ['county', 'city', 'township', 'street', 'village'];

/** What a paragraph takes on paper; a reference is counted as a number of six characters. */
const linesOf = (line: string) =>
  Math.ceil((line.replaceAll(/\{\{[^}]*\}\}/g, '123456').length + 2) / layout.characters);

/** The texts of all templates one after another, again and again until the pages are full. */
function longText(): string {
  const bodies = templates.map((t) =>
    readFileSync(inRoot('reports', `${t}.md`), 'utf8')
      .split('---\n')
      .slice(2)
      .join('---\n'),
  );
  const paragraphs = bodies.flatMap((body) =>
    body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# ')),
  );
  const taken = ['# {{unit}}工作情况报告'];
  for (let i = 0, lines = 2; lines < pages * layout.lines; i++) {
    const line = paragraphs[i % paragraphs.length]!;
    taken.push(line.replaceAll(/ id=F\d+/g, ''));
    lines += linesOf(line);
  }
  return taken.join('\n\n');
}

async function run(bench: Bench) {
  const db = await benchDatabase('reports');
  try {
    await fillCounty(db, bench.quick ? 1 : 6, bench);
    await addPerson(db, 'organiser', 'organiser', ids.county(0));
    await sampleStandards(db);
    bench.say('figures are kept');
    const keeper = keepFigures(db.database, { clock });
    await keeper.runOnce();
    await keeper.close();
    const here = await inProcess(db, clock);
    try {
      const session = await here.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login: 'organiser', password },
      });
      const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
      const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
        const began = performance.now();
        const reply = await here.app.inject({ method, url, headers: { cookie }, ...(payload ? { payload } : {}) });
        const bytes = reply.rawPayload;
        if (reply.statusCode !== 200)
          throw new Error(`${url} answered ${reply.statusCode}: ${reply.body.slice(0, 500)}`);
        return { ms: performance.now() - began, bytes };
      };
      const text = longText();
      const made = await ask('POST', '/api/reports', {
        unitId: ids.county(0),
        template: 'county',
        period: String(year),
        text,
      });
      const { id, filled } = JSON.parse(made.bytes.toString()) as {
        id: string;
        filled: { figures: unknown[]; blanks: number };
      };
      const times = async (path: string) => {
        const all: number[] = [];
        for (let i = 0; i < (bench.quick ? 3 : 20); i++) all.push((await ask('GET', path)).ms);
        return { first: all[0]!, p95: p95(all) };
      };
      const note = (first: number) =>
        `${text.length} characters, ${filled.figures.length} numbers, ${filled.blanks} of them blank; the first ${first.toFixed(0)} ms`;
      const page = await times(`/api/reports/${id}`);
      const word = await times(`/api/reports/${id}/file`);
      return {
        findings: [
          { bar: 'reports.page', value: page.p95, note: note(page.first) },
          { bar: 'reports.word', value: word.p95, note: `the first ${word.first.toFixed(0)} ms` },
        ] as const,
      };
    } finally {
      await here.close();
    }
  } finally {
    await db.drop();
  }
}

export const reportsMeasure: Measure = { name: 'reports', minutes: 1, run };
