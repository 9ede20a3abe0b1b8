import { wrongType } from '../errors.ts';
import { cleanPicture, isPicture, pictureHash } from './picture.ts';

const documents = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]);

export interface AcceptedFile {
  readonly bytes: Uint8Array;
  readonly media: string;
  /** Perceptual hash; null for what is no picture. */
  readonly pictureHash: string | null;
}

const allowed = {
  zh: 'JPG、PNG、WebP 图片，PDF，以及 docx、xlsx、pptx',
  en: 'JPG, PNG or WebP pictures, PDF, docx, xlsx, pptx',
};

/**
 * Takes a file from outside: what it is, its bytes say, never its name; everything not known to be harmless is refused
 * (SVG and HTML are programs, old Office formats hide macros). Pictures are written anew without place and device.
 */
export async function acceptFile(given: Uint8Array): Promise<AcceptedFile> {
  const { fileTypeFromBuffer } = await import('file-type');
  const media = (await fileTypeFromBuffer(given))?.mime ?? 'unknown';
  if (documents.has(media)) return { bytes: given, media, pictureHash: null };
  if (!isPicture(media))
    throw wrongType({
      zh: `不支持这种文件。可以上传：${allowed.zh}。手机照片如为 HEIC 格式，请先转换为 JPG；旧版 doc、xls 请另存为 docx、xlsx。`,
      en: `Files of this kind are not taken. These are: ${allowed.en}. Convert HEIC photos to JPG, and save old doc and xls files as docx and xlsx.`,
    });
  try {
    const bytes = await cleanPicture(given, media);
    return { bytes, media, pictureHash: await pictureHash(bytes) };
  } catch {
    throw wrongType({
      zh: '图片不完整、已损坏或尺寸过大，无法读取。',
      en: 'The picture is damaged, incomplete or too large to be read.',
    });
  }
}
