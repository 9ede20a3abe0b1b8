import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonical, journalKey } from '../journal.ts';
import { readArchive, sm3 } from './archive.ts';

export const formatVersion = 1;
export const manifestName = 'manifest.json';

const column = z.object({ name: z.string(), type: z.string() });

/** What a backup holds. It is the last part of the file, because only then everything is counted. */
export const manifest = z.object({
  format: z.literal('wuxing-backup'),
  formatVersion: z.int(),
  version: z.string(),
  createdAt: z.iso.datetime(),
  database: z.object({ kind: z.enum(['postgres', 'embedded']), version: z.string() }),
  /** Tells whether the secret of the target is the one the journal was written with. */
  secretCheck: z.string().nullable(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(column), rows: z.int(), parts: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
  files: z.object({ count: z.int(), missing: z.array(z.string()) }),
  journal: z.object({
    rows: z.int(),
    sealed: z.int(),
    found: z.int(),
    head: z.object({ sealId: z.int(), hash: z.string() }).nullable(),
  }),
  parts: z.array(z.object({ name: z.string(), bytes: z.int(), sm3: z.string() })),
  mac: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

/** Keyed with the instance's secret: a backup that somebody put together by hand is told from one of ours. */
export function manifestMac(content: Omit<Manifest, 'mac'>): string {
  return createHmac('sm3', journalKey()).update(canonical(content)).digest('hex');
}

export interface Inspected {
  readonly manifest: Manifest;
  /** Whether the manifest was made with the secret that is set now. */
  readonly ours: boolean;
}

/** Reads the whole file once and compares every byte with the manifest, before anything is written anywhere. */
export async function inspectBackup(
  file: string,
  progress: (bytes: number) => void = () => undefined,
): Promise<Inspected> {
  const found = new Map<string, { bytes: number; sm3: string }>();
  let last: Buffer | null = null;
  let bytes = 0;
  for await (const entry of readArchive(file)) {
    if (last) throw new Error('The backup goes on after its manifest: it is damaged.');
    if (entry.name === manifestName) last = entry.bytes;
    else found.set(entry.name, { bytes: entry.bytes.length, sm3: sm3(entry.bytes) });
    bytes += entry.bytes.length;
    progress(bytes);
  }
  if (!last) throw new Error('The backup has no manifest: it was not finished.');
  const read = manifest.safeParse(JSON.parse(last.toString('utf8')));
  if (!read.success) throw new Error('The manifest of the backup is not one of ours.');
  const { mac, ...content } = read.data;
  if (content.formatVersion > formatVersion) throw new Error('This backup was made by a newer version.');
  for (const part of content.parts) {
    const there = found.get(part.name);
    if (!there || there.bytes !== part.bytes || there.sm3 !== part.sm3)
      throw new Error(`The backup is damaged: ${part.name} is ${there ? 'not as it was written' : 'missing'}.`);
  }
  if (found.size !== content.parts.length) throw new Error('The backup holds parts that its manifest does not name.');
  const expected = manifestMac(content);
  const ours = expected.length === mac.length && timingSafeEqual(Buffer.from(expected), Buffer.from(mac));
  return { manifest: read.data, ours };
}
