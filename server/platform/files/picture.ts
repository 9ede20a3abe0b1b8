import type * as Pictures from 'sharp';
import { later } from '../later.ts';

type Sharp = Pictures.Sharp;
const sharp = later<typeof Pictures.default>('sharp');

const maxPixels = 50_000_000;
const maxSide = 4_096;

/** Formats that a picture may have, and how each is written again. */
const writers = {
  'image/jpeg': (image: Sharp) => image.jpeg({ quality: 85, mozjpeg: true }),
  'image/png': (image: Sharp) => image.png({ compressionLevel: 9 }),
  'image/webp': (image: Sharp) => image.webp({ quality: 85 }),
} as const;

export type PictureMedia = keyof typeof writers;

export function isPicture(media: string): media is PictureMedia {
  return media in writers;
}

const open = (bytes: Uint8Array) => sharp()(bytes, { limitInputPixels: maxPixels, failOn: 'error' });

/**
 * The picture written anew: turned the right way up, not larger than a screen needs, and without any of what cameras write
 * beside it (place, time, device, owner). Throws when the bytes are not a whole picture.
 */
export async function cleanPicture(bytes: Uint8Array, media: PictureMedia): Promise<Buffer> {
  const image = open(bytes)
    .rotate()
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true });
  return writers[media](image).toBuffer();
}

/**
 * A difference hash: for each of 8 × 8 places whether the picture grows darker to the right. Recompressed or resized
 * copies differ in few bits, cropped ones in more; other pictures in about half.
 */
export async function pictureHash(bytes: Uint8Array): Promise<string> {
  const pixels = await open(bytes).rotate().greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer();
  let bits = 0n;
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const i = y * 9 + x;
      bits = (bits << 1n) | (pixels[i]! > pixels[i + 1]! ? 1n : 0n);
    }
  return bits.toString(16).padStart(16, '0');
}

/** Bits in which two hashes differ, 0 to 64. */
export function pictureDistance(a: string, b: string): number {
  let difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; difference > 0n; difference &= difference - 1n) bits++;
  return bits;
}
