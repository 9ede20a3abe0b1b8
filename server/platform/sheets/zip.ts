import { createInflateRaw } from 'node:zlib';
import { sheetFailure } from './types.ts';

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;

/** What a workbook may unpack to. Half a million rows need less. Only sheets, media and the like are large by themselves. */
const limits = { total: 400 * 1024 * 1024, parts: 64 * 1024 * 1024, entries: 500 };

/** Parts that are read into memory as a whole. */
const kept = /(^|\/)(sharedStrings|styles|workbook)\.xml$|\.rels$/i;
const worksheet = /worksheets\/[^/]+\.xml$/i;

export interface Entry {
  readonly name: string;
  readonly offset: number;
  readonly packed: Buffer;
  readonly deflated: boolean;
  /** What it really unpacks to. */
  readonly bytes: number;
  /** Rows of a sheet, as far as they can be told without reading it. */
  readonly rows: number;
}

/** Inflates one entry, counting what comes out instead of keeping it; answers how many packed bytes it took. */
function measure(
  packed: Buffer,
  limit: number,
  countRows: boolean,
): Promise<{ taken: number; bytes: number; rows: number }> {
  return new Promise((resolve, reject) => {
    const inflate = createInflateRaw();
    let bytes = 0;
    let rows = 0;
    let rest = '';
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) {
        inflate.destroy();
        reject(sheetFailure('bomb'));
      } else if (countRows) {
        const text = rest + chunk.toString('latin1');
        rows += text.match(/[<:]row[ >]/g)?.length ?? 0;
        rest = text.slice(-4);
      }
    });
    inflate.on('end', () => resolve({ taken: inflate.bytesWritten, bytes, rows }));
    inflate.on('error', (error) => reject(sheetFailure('unreadable', error)));
    inflate.end(packed);
  });
}

/** Entries as a reader meets them that walks through the file; nothing that a header claims about sizes is believed. */
async function walk(zip: Buffer): Promise<Entry[]> {
  const entries: Entry[] = [];
  let at = 0;
  let total = 0;
  while (at + 30 <= zip.length && zip.readUInt32LE(at) === localHeader) {
    const flags = zip.readUInt16LE(at + 6);
    const method = zip.readUInt16LE(at + 8);
    const claimed = zip.readUInt32LE(at + 18);
    const name = zip.toString('utf8', at + 30, at + 30 + zip.readUInt16LE(at + 26));
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    if (flags & 1 || (method !== 0 && method !== 8) || start > zip.length || claimed === 0xffffffff)
      throw sheetFailure('unreadable');
    const limit = Math.min(limits.total - total, kept.test(name) ? limits.parts : limits.total);
    const m =
      method === 8
        ? await measure(zip.subarray(start), limit, worksheet.test(name))
        : { taken: claimed, bytes: claimed, rows: 0 };
    if (m.bytes > limit) throw sheetFailure('bomb');
    total += m.bytes;
    const packed = zip.subarray(start, start + m.taken);
    entries.push({ name, offset: at, packed, deflated: method === 8, bytes: m.bytes, rows: m.rows });
    if (entries.length > limits.entries) throw sheetFailure('bomb');
    at = start + m.taken;
    // Sizes that were not known when the entry was written follow it, with or without a signature of their own.
    if (flags & 8) at += zip.readUInt32LE(at) === 0x08074b50 ? 16 : 12;
  }
  return entries;
}

/** Offsets of the entries as the directory at the end of the file lists them. */
function directory(zip: Buffer): number[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > zip.length) throw sheetFailure('unreadable');
  const offsets: number[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== centralHeader) throw sheetFailure('unreadable');
    offsets.push(zip.readUInt32LE(at + 42));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return offsets;
}

/**
 * The entries of a workbook by their names. Refuses one that would unpack to more than a workbook needs, before anything
 * unpacks it in earnest. Both ways of reading a zip (from front to back, and by its directory) must meet the same entries,
 * or a small front could hide a large back; and no name may stand twice, or two readers would read two workbooks.
 */
export async function openZip(bytes: Uint8Array): Promise<Map<string, Entry>> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = await walk(zip);
    const listed = directory(zip).sort((a, b) => a - b);
    const met = entries.map((e) => e.offset);
    if (listed.length !== met.length || listed.some((offset, i) => offset !== met[i])) throw sheetFailure('unreadable');
    const byName = new Map(entries.map((e) => [e.name, e]));
    if (byName.size !== entries.length) throw sheetFailure('unreadable');
    return byName;
  } catch (error) {
    if (error instanceof RangeError) throw sheetFailure('unreadable', error);
    throw error;
  }
}

const pieceBytes = 64 * 1024;

/** What an entry holds, piece by piece; the next piece is unpacked when it is asked for. */
export async function* unpacked(entry: Entry): AsyncIterable<Buffer> {
  if (!entry.deflated) {
    for (let i = 0; i < entry.packed.length; i += pieceBytes) yield entry.packed.subarray(i, i + pieceBytes);
    return;
  }
  const inflate = createInflateRaw({ chunkSize: pieceBytes });
  inflate.end(entry.packed);
  yield* inflate as AsyncIterable<Buffer>;
}
