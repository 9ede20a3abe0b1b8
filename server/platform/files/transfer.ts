import { z } from 'zod';
import type { Lang } from '../../../domain/words.ts';
import { invalid, isFailure, tooLarge } from '../errors.ts';
import type { Wire } from '../http/routes.ts';

/** A file and its fields out of a multipart form; nothing is stored yet and no transaction is open. */
export async function receiveFile(
  wire: Wire,
): Promise<{ fields: Record<string, string>; bytes: Buffer; name: string }> {
  const fields: Record<string, string> = {};
  let file: { bytes: Buffer; name: string } | null = null;
  if (!wire.request.isMultipart())
    throw invalid([{ path: 'file', message: { zh: '请以表单上传文件', en: 'Send a form with a file' } }]);
  try {
    for await (const part of wire.request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value);
      else {
        // The form reader stops with 413 by itself when the file is larger than allowed.
        const bytes = await part.toBuffer();
        if (part.file.truncated) throw tooLarge('20 MB');
        file = { bytes, name: part.filename };
      }
    }
  } catch (error) {
    if (isFailure(error) || (error as { statusCode?: number }).statusCode !== undefined) throw error;
    // A form that ends in the middle: the parser of forms throws a bare error for it.
    const message = { zh: '上传中断或表单不完整', en: 'The upload broke off, or the form is not whole' };
    throw invalid([{ path: 'file', message }]);
  }
  if (!file || file.bytes.length === 0)
    throw invalid([{ path: 'file', message: { zh: '没有收到文件', en: 'There is no file' } }]);
  return { fields, ...file };
}

export function parseFields<T extends z.ZodType>(schema: T, fields: Record<string, string>, lang: Lang): z.output<T> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const locale = lang === 'zh' ? z.locales.zhCN() : z.locales.en();
  const result = schema.safeParse(given, { error: locale.localeError });
  if (result.success) return result.data;
  throw invalid(result.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message })));
}

/** Headers for a file to be saved under a name that may hold any script. */
export function savedAs(name: string): Record<string, string> {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const full = encodeURIComponent(name.replace(/[\\/:*?"<>|]/g, '_')).replace(
    /['()]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${full}`,
    'x-content-type-options': 'nosniff',
  };
}
