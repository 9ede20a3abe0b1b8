import { expect, it } from 'vitest';
import { sendHostileSheets } from './sheets.ts';

// Few files here; `npm run faults` sends them all.
const serverUrl = process.env['TEST_DATABASE_URL'];

it('hostile files are refused in words, or read for what they are', async () => {
  const only = /zip bomb|entities in the sheet|macros under the|10,000 columns as|18 digits|GB18030|look like formulas/;
  const report = await sendHostileSheets({ serverUrl, only });
  expect(report.faults).toEqual([]);
  expect(report.files).toBe(8);
}, 240_000);

it('a file that is read, refused or said otherwise than it should be is noticed, and so is memory', async () => {
  const only = /GB18030|macros under their own/;
  const wrong = { refused: [/never/, /never/] } as const;
  const { faults } = await sendHostileSheets({ serverUrl, only, expect: wrong, maxMb: -1 });
  const said = faults.join('\n');
  expect(said).toContain('a csv in GB18030 (en): was read');
  expect(said).toContain('macros under their own name (zh): says “文件含有宏');
  expect(said).toContain('a csv in GB18030: the server took');
}, 240_000);
