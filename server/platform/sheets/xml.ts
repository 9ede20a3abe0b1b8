import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { sheetFailure } from './types.ts';

/** What a part is read with. Names come without their prefix, because programs choose prefixes as they like. */
export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Deeper than any workbook goes. */
const maxDepth = 64;
/** Characters of one tag, text or comment: the parser keeps that much before it says anything. */
const maxToken = 1024 * 1024;

export const localName = (name: string) => name.slice(name.indexOf(':') + 1);

function parserFor(reader: XmlReader, heard: () => void) {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  parser.on('opentag', (tag) => {
    heard();
    if (++depth > maxDepth) throw sheetFailure('bomb');
    reader.open?.(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    heard();
    depth--;
    reader.close?.(localName(tag.name));
  });
  const text = (piece: string) => {
    heard();
    reader.text?.(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', heard);
  parser.on('processinginstruction', heard);
  // No workbook has a document type, and what one could declare is never wanted.
  parser.on('doctype', () => {
    throw sheetFailure('unreadable');
  });
  return parser;
}

function decoderFor(start: Buffer): TextDecoder {
  const mark = start.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

/** Reads a part piece by piece and yields after each, so that what was met so far can go on its way. */
export async function* readXml(pieces: AsyncIterable<Buffer>, reader: XmlReader): AsyncIterable<void> {
  let silent = 0;
  const parser = parserFor(reader, () => (silent = 0));
  let decoder: TextDecoder | undefined;
  try {
    for await (const piece of pieces) {
      decoder ??= decoderFor(piece);
      silent += piece.length;
      parser.write(decoder.decode(piece, { stream: true }));
      if (silent > maxToken) throw sheetFailure('bomb');
      yield;
    }
    parser.write(decoder?.decode() ?? '').close();
  } catch (error) {
    throw error instanceof Error && 'sheetProblem' in error ? error : sheetFailure('unreadable', error);
  }
  yield;
}

/** Reads a small part as a whole. */
export async function readWhole(pieces: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  for await (const _ of readXml(pieces, reader));
}
