import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../../../tests/support/picture.ts';
import { type S3Server, startS3Server } from '../../../tests/support/s3-server.ts';
import { isFailure } from '../errors.ts';
import {
  acceptFile,
  diskStore,
  type FileStore,
  fileStoreFrom,
  hashOf,
  pictureDistance,
  pictureHash,
  s3Store,
} from './index.ts';

let folder: string;
let server: S3Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-files-'));
  server = await startS3Server('evidence', 'secret key');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

const s3 = { bucket: 'evidence', accessKey: 'key', region: 'cn-north-1' };
const stores: [string, () => FileStore][] = [
  ['a folder', () => diskStore(folder)],
  ['an S3-compatible store', () => s3Store({ ...s3, endpoint: server.endpoint, secretKey: 'secret key' })],
];

describe.each(stores)('files in %s', (_name, open) => {
  it('lie under the hash of their content, once, and come back whole', async () => {
    const store = open();
    const bytes = Buffer.from('现场照片'.repeat(10_000));
    const hash = await store.put(bytes);
    expect(hash).toBe(hashOf(bytes));
    expect(await store.put(bytes)).toBe(hash);
    expect(await store.has(hash)).toBe(true);
    expect((await store.read(hash))!.equals(bytes)).toBe(true);
    const chunks: Buffer[] = [];
    for await (const chunk of (await store.open(hash))!) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('that are not there are not there, and a name is never a path', async () => {
    const store = open();
    const nothing = hashOf(Buffer.from('nothing'));
    expect(await store.has(nothing)).toBe(false);
    expect(await store.read(nothing)).toBeNull();
    expect(await store.open(nothing)).toBeNull();
    await expect(store.read('../../etc/passwd')).rejects.toThrow('Not the hash');
  });

  it('survive many writers of the same content', async () => {
    const store = open();
    const bytes = Buffer.from(`same ${_name}`);
    const hashes = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)));
    expect(new Set(hashes).size).toBe(1);
    expect((await store.read(hashes[0]!))!.equals(bytes)).toBe(true);
  });
});

describe('where files lie', () => {
  it('in folders of their first letters, without leftovers', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.split('/').length === 3);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^([0-9a-f]{2})\/([0-9a-f]{2})\/\1\2[0-9a-f]{60}$/);
  });

  it('signs every request; a wrong key is refused and said', async () => {
    expect(server.refused).toEqual([]);
    const wrong = s3Store({ ...s3, endpoint: server.endpoint, secretKey: 'another' });
    await expect(wrong.put(Buffer.from('x'))).rejects.toThrow('403');
    expect(server.refused.length).toBeGreaterThan(0);
  });

  it('follows the settings', async () => {
    const env = {
      S3_ENDPOINT: server.endpoint,
      S3_BUCKET: 'evidence',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'secret key',
    };
    const hash = await fileStoreFrom(env, folder).put(Buffer.from('by settings'));
    expect([...server.objects.keys()].some((k) => k.endsWith(hash))).toBe(true);
    expect(() => fileStoreFrom({ S3_ENDPOINT: server.endpoint }, folder)).toThrow('S3_BUCKET');
    await fileStoreFrom({}, folder).put(Buffer.from('in the folder'));
    expect(readdirSync(folder)).toContain('files');
  });
});

const withPlace = { exif: { IFD0: { Make: 'Phone' }, IFD3: { GPSLatitude: '34/1 45/1 0/1', GPSLatitudeRef: 'N' } } };

describe('what is taken', () => {
  it('pictures are written anew without place and device, turned the right way up', async () => {
    const given = await picture(7).jpeg().withExif(withPlace.exif).withMetadata({ orientation: 6 }).toBuffer();
    expect((await sharp(given).metadata()).exif).toBeDefined();
    const { bytes, media } = await acceptFile(given);
    const meta = await sharp(bytes).metadata();
    expect(media).toBe('image/jpeg');
    expect([meta.exif, meta.iptc, meta.xmp, meta.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect([meta.width, meta.height]).toEqual([480, 640]);
    expect(Buffer.from(bytes).includes('Phone')).toBe(false);
    const large = await acceptFile(await picture(3, 5000, 100).png().toBuffer());
    expect((await sharp(large.bytes).metadata()).width).toBe(4096);
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a web page', '<!doctype html><script>alert(1)</script>'],
    ['plain text', 'just text'],
    ['a program', '\u007fELF\u0002\u0001\u0001'],
    ['an old Office file', Buffer.from('d0cf11e0a1b11ae1'.padEnd(1200, '0'), 'hex')],
    ['a picture that breaks off', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
    ['nothing', ''],
  ])('%s is refused, whatever it is called', async (_what, content) => {
    const error = await acceptFile(Buffer.from(content as string)).catch((e: unknown) => e);
    expect(isFailure(error) && error.status).toBe(415);
  });

  it('documents are taken as they are', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n');
    expect(await acceptFile(pdf)).toMatchObject({ media: 'application/pdf', pictureHash: null });
  });

  it('the same picture is recognised after recompressing, resizing and brightening, another one is not', async () => {
    const original = await picture(9).jpeg({ quality: 95 }).toBuffer();
    const hash = await pictureHash(original);
    for (const copy of [
      await sharp(original).jpeg({ quality: 40 }).toBuffer(),
      await sharp(original).resize(300).png().toBuffer(),
      await sharp(original).modulate({ brightness: 1.2 }).webp().toBuffer(),
    ])
      expect(pictureDistance(hash, await pictureHash(copy))).toBeLessThanOrEqual(8);
    for (const seed of [2, 4, 15, 23])
      expect(pictureDistance(hash, await pictureHash(await picture(seed).png().toBuffer()))).toBeGreaterThan(8);
  });
});
