import { type Verb, verbWords } from '../../domain/grants.ts';
import type { Lang, Reason, Words } from '../../domain/words.ts';

/** A failure with an HTTP status, a stable code and words for the reader. Everything else that is thrown is a defect (500). */
export interface Failure extends Error {
  readonly failure: true;
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 503;
  readonly code: string;
  readonly words: Words;
  readonly details: readonly { readonly path: string; readonly message: string | Words }[];
}

function failure(status: Failure['status'], code: string, words: Words, details: Failure['details'] = []): Failure {
  return Object.assign(new Error(words.en), { failure: true as const, status, code, words, details });
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && (error as Partial<Failure>).failure === true;
}

/** What a failure says of its places, in a language; a place that only says what the failure says already is left out. */
export function detailsOf(error: Failure, lang: Lang): { path: string; message: string }[] {
  return error.details
    .map(({ path, message }) => ({ path, message: typeof message === 'string' ? message : message[lang] }))
    .filter(({ message }) => message !== error.words[lang]);
}

/** The rules say no: 409 with the rule's own reason. */
export function refuse(reason: Reason): Failure {
  return failure(409, reason.code, reason.words);
}

/** Throws when a rule returned a reason; does nothing when it returned null. */
export function check(reason: Reason | null): void {
  if (reason) throw refuse(reason);
}

export function notFound(what: Words): Failure {
  return failure(404, 'not-found', {
    zh: `没有找到${what.zh}，或者它不在您负责的范围内。`,
    en: `No such ${what.en}, or it is outside the units you are responsible for.`,
  });
}

export function forbidden(verb: Verb): Failure {
  const { zh, en } = verbWords[verb];
  return failure(403, 'no-grant', {
    zh: `您的职责不包含“${zh}”。如需办理，请联系组织部门调整责任分工。`,
    en: `Your assignments do not include this: ${en}. Ask the organisation department to change them.`,
  });
}

export function crossSite(): Failure {
  return failure(403, 'no-grant', {
    zh: '请求来自其他网站，已拒绝。请在本平台的页面上操作。',
    en: 'This was sent from another site and is refused. Do it on a page of the platform.',
  });
}

export function signInFirst(): Failure {
  return failure(401, 'sign-in-first', { zh: '请先登录。', en: 'Please sign in first.' });
}

export function invalid(details: Failure['details'], words?: Words): Failure {
  return failure(
    400,
    'invalid-input',
    words ?? { zh: '提交的内容有误，请按提示修改。', en: 'Some of what was sent is not valid; see the details.' },
    details,
  );
}

export function tooLarge(limit: string): Failure {
  return failure(413, 'too-large', {
    zh: `内容超过上限（${limit}）。`,
    en: `This is larger than the limit (${limit}).`,
  });
}

export function wrongType(words: Words): Failure {
  return failure(415, 'wrong-type', words);
}

export function busy(): Failure {
  return failure(503, 'busy', { zh: '系统繁忙，请稍后重试。', en: 'The system is busy; try again shortly.' });
}

export function tooMany(words: Words): Failure {
  return failure(429, 'too-many', words);
}
