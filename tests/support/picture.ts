import sharp, { type Sharp } from 'sharp';

/** A picture with something in it: waves that do not repeat. */
export function picture(seed: number, width = 640, height = 480): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = 128 + 60 * Math.sin((x * seed) / width) + 60 * Math.cos((y * (seed + 2)) / height + x / 90);
      pixels.fill(Math.max(0, Math.min(255, light)), (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
