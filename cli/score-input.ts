// Reading the files of `wuxing score`: every fault becomes one line with file and line number, and nothing is guessed.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';
import type { Language } from '../domain/stars/explain.ts';

export type Words = { zh: string; en: string };

/** Collects problems as `file:line: what`; a broken file of a million rows must not fill the terminal. */
export type Problems = { add(file: string, line: number, words: Words): void; lines(): string[] };

const mostLines = 1000;

export function collectProblems(language: Language): Problems {
  const lines: string[] = [];
  let more = 0;
  return {
    add(file, line, words) {
      // Texts from the file are quoted in the message and must neither break the line nor steer the terminal.
      const said = words[language].replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
      if (lines.length < mostLines) lines.push(`${file}:${line}: ${said}`);
      else more += 1;
    },
    lines() {
      if (more === 0) return lines;
      return [...lines, language === 'zh' ? `……另有 ${more} 处问题` : `… and ${more} more problems`];
    },
  };
}

type Row = (cells: readonly string[], line: number) => void;

/**
 * Streams a CSV file (RFC 4180, UTF-8, a byte order mark is fine). `columns` must all stand in the header, in any order;
 * `row` gets their cells in the order asked for, trimmed.
 */
export async function readCsv(file: string, columns: readonly string[], problems: Problems, row: Row): Promise<void> {
  let places: number[] | null = null;
  let width = 0;
  const take: Row = (cells, line) => {
    if (!places) {
      const header = cells.map((cell) => cell.trim());
      const absent = columns.filter(
        (name) => header.indexOf(name) !== header.lastIndexOf(name) || !header.includes(name),
      );
      if (absent.length > 0) {
        const wanted = columns.join(',');
        problems.add(file, line, { zh: `表头应为 ${wanted}`, en: `the header must be ${wanted}` });
        throw stop();
      }
      places = columns.map((name) => header.indexOf(name));
      width = cells.length;
      return;
    }
    // A line of spaces or of nothing but commas, as spreadsheets leave them, says nothing.
    if (cells.every((cell) => cell.trim() === '')) return;
    if (cells.length !== width) {
      problems.add(file, line, {
        zh: `应有 ${width} 列，实有 ${cells.length} 列`,
        en: `${width} columns expected, ${cells.length} found`,
      });
      return;
    }
    row(
      places.map((place) => (cells[place] ?? '').trim()),
      line,
    );
  };
  try {
    await streamCsv(file, take);
    if (!places) problems.add(file, 1, { zh: '文件是空的', en: 'the file is empty' });
  } catch (error) {
    if (!isStop(error)) problems.add(file, ...faultOf(error));
  }
}

/** Leaves a file whose problem has been noted already. */
const stopped = Symbol('stopped');

function stop(): Error {
  return new Error('stopped', { cause: stopped });
}

function isStop(error: unknown): boolean {
  return error instanceof Error && error.cause === stopped;
}

function faultOf(error: unknown): [number, Words] {
  const { code, lines, message } = error as { code?: string; lines?: number; message?: string };
  if (code === 'ENOENT') return [1, { zh: '文件不存在', en: 'the file does not exist' }];
  if (code === 'not-utf-8') return [lines ?? 1, { zh: '不是 UTF-8 编码', en: 'the text is not UTF-8' }];
  const detail = (message ?? String(error)).split('\n')[0] ?? '';
  return [lines ?? 1, { zh: `文件无法读取：${detail}`, en: `the file cannot be read: ${detail}` }];
}

/** Hands over every record with the line it starts on. Lines are counted here, as the parser counts CRLF in quotes twice. */
async function streamCsv(file: string, take: Row): Promise<void> {
  let records = 0;
  let inCells = 0;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 1_000_000,
    on_record: (cells: string[], context) => {
      take(cells, 1 + records + inCells + context.empty_lines);
      records += 1;
      for (const cell of cells) if (cell.includes('\n')) inCells += cell.split('\n').length - 1;
      return null;
    },
  });
  const done = new Promise<void>((resolve, reject) => parser.on('end', resolve).on('error', reject).resume());
  // Without a handler of its own, a fault of the parser while the file is still being read would end the process.
  done.catch(() => undefined);
  const size = (await stat(file)).size;
  const tell = progressOn(file, size);
  const checkText = utf8Check();
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    checkText(chunk);
    tell(chunk.length);
    if (!parser.write(chunk)) await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), done]);
    if (parser.errored) break;
  }
  checkText('end');
  parser.end();
  await done;
  tell(0);
}

/** Files saved as GBK by old office software would otherwise be read as rubbish without a word. */
function utf8Check(): (chunk: Buffer | 'end') => void {
  let tail: Buffer = Buffer.alloc(0);
  let line = 1;
  return (chunk) => {
    const bytes = chunk === 'end' ? Buffer.concat([tail, Buffer.from('\n')]) : Buffer.concat([tail, chunk]);
    // A newline never stands inside a UTF-8 character, so whole lines can be judged by themselves.
    const end = bytes.lastIndexOf(10) + 1;
    tail = end === 0 && bytes.length < 1_000_000 ? bytes : bytes.subarray(end);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) {
      for (const part of whole.toString('latin1').split('\n')) {
        if (!isUtf8(Buffer.from(part, 'latin1'))) break;
        line += 1;
      }
      throw Object.assign(new Error('not UTF-8'), { code: 'not-utf-8', lines: line });
    }
    for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, at + 1)) line += 1;
  };
}

/** Says on a terminal how far a long file is; silent for short files and when nobody watches. */
function progressOn(file: string, size: number): (bytes: number) => void {
  const started = Date.now();
  let read = 0;
  let told = 0;
  return (bytes) => {
    read += bytes;
    const now = Date.now();
    if (!process.stderr.isTTY || now - started < 2000) return;
    if (bytes === 0) process.stderr.write('\r\u001b[K');
    else if (now - told > 200) {
      told = now;
      process.stderr.write(`\r${file} ${Math.floor((read / Math.max(1, size)) * 100)} %`);
    }
  };
}
