// Faults of a standard in words, Chinese and English, each tied to the field where it was found.
import type { z } from 'zod';

export type StandardIssue = {
  /** Where in the file's data: `['stars', 0, 'criteria', 2, 'points']`. */
  path: (string | number)[];
  code: string;
  message: { zh: string; en: string };
};

type IssueWords = Record<string, (found: Record<string, string>) => { zh: string; en: string }>;

const issueWords: IssueWords = {
  missing: () => ({ zh: '缺少此项', en: 'this field is missing' }),
  'unknown-field': ({ name }) => ({ zh: `不认识的字段“${name}”`, en: `unknown field "${name}"` }),
  type: ({ expected }) => ({ zh: `类型不对，应为 ${expected}`, en: `wrong type, ${expected} expected` }),
  choice: ({ allowed }) => ({ zh: `只能是：${allowed}`, en: `must be one of: ${allowed}` }),
  empty: () => ({ zh: '不能为空', en: 'must not be empty' }),
  size: () => ({ zh: '超出允许的大小', en: 'outside the allowed size' }),
  invalid: ({ detail }) => ({ zh: `内容无效：${detail}`, en: `invalid: ${detail}` }),
  'bad-id': () => ({
    zh: '编号须为 1–64 个字符，不含空格、引号、逗号、斜线',
    en: 'an id has 1–64 characters without spaces, quotes, commas or slashes',
  }),
  'bad-date': () => ({ zh: '日期应写成 2026-01-01 这样的真实日期', en: 'must be a real date written like 2026-01-01' }),
  'bad-period': () => ({ zh: '期间写法不对', en: 'not a period' }),
  'not-a-number': () => ({ zh: '应为数字', en: 'must be a number' }),
  'points-too-fine': () => ({ zh: '分值最多两位小数', en: 'points have at most two decimals' }),
  'number-too-precise': () => ({ zh: '数字最多 15 位有效数字', en: 'numbers have at most 15 significant digits' }),
  'one-value-kind': () => ({
    zh: '取值须且只须写明 figure、check、review、fact 之一',
    en: 'a value names exactly one of figure, check, review, fact',
  }),
  'source-missing': () => ({
    zh: '非样例标准（sample: false）必须写明来源文件的标题、文号和印发日期',
    en: 'a standard with sample: false must give its source: title, number, issued',
  }),
  'effective-order': () => ({ zh: '失效日期早于生效日期', en: 'effective.to lies before effective.from' }),
  'duplicate-id': ({ id }) => ({ zh: `编号“${id}”重复`, en: `the id "${id}" is used twice` }),
  'reserved-id': ({ id }) => ({ zh: `编号“${id}”有专门含义，不能使用`, en: `the id "${id}" is reserved` }),
  'points-not-positive': () => ({ zh: '分值必须大于 0', en: 'points must be above 0' }),
  'points-too-large': () => ({ zh: '分值过大', en: 'points are too large' }),
  'pass-negative': () => ({ zh: '达标分不能为负', en: 'pass must not be negative' }),
  'pass-above-sum': ({ sum }) => ({
    zh: `达标分高于本星总分 ${sum}，这颗星永远拿不到`,
    en: `pass is above the sum of the star's points (${sum}); nobody can hold this star`,
  }),
  'must-range': () => ({
    zh: '底线分应在 0 与该条分值之间',
    en: 'must lies between 0 and the points of the criterion',
  }),
  'effort-range': () => ({
    zh: '所需力度应大于 0、不超过 1000000，最多六位小数',
    en: 'effort is above 0, at most 1000000, with at most six decimals',
  }),
  'from-equals-to': () => ({ zh: 'from 与 to 不能相等', en: 'from and to must differ' }),
  'not-rising': () => ({ zh: '各级的 at 必须严格递增', en: 'the at values must rise strictly' }),
  'no-levels': () => ({ zh: '至少要有一个等级', en: 'there must be at least one level' }),
  'max-not-positive': () => ({ zh: '满分 max 必须大于 0', en: 'max must be above 0' }),
  'facility-aspect-missing': ({ id, aspect }) => ({
    zh: `设施“${id}”须分别评“有没有”（present）和“好不好”（good），缺少 ${aspect}`,
    en: `the facility "${id}" is judged twice, present and good; ${aspect} is missing`,
  }),
  'facility-aspect-twice': ({ id, aspect }) => ({
    zh: `设施“${id}”的 ${aspect} 评了两次`,
    en: `the facility "${id}" has two criteria for ${aspect}`,
  }),
  'requires-unknown': ({ id }) => ({
    zh: `requires 中的星“${id}”不存在`,
    en: `requires names an unknown star "${id}"`,
  }),
  'requires-circle': ({ ids }) => ({ zh: `requires 形成循环：${ids}`, en: `requires forms a circle: ${ids}` }),
  'scope-unknown': ({ id }) => ({
    zh: `否决范围“${id}”既不是某颗星，也不是 all`,
    en: `the scope "${id}" is neither a star nor all`,
  }),
  'tie-breaker-unknown': ({ id }) => ({
    zh: `同分比较条目“${id}”不存在`,
    en: `the tie-breaker "${id}" is not a criterion`,
  }),
  'band-min-range': () => ({ zh: '档次下限应在 0 到 100 之间', en: 'the min of a band lies between 0 and 100' }),
  'band-order': () => ({ zh: '档次越高下限应越高', en: 'a higher band must have a higher min' }),
  'veto-basis': () => ({
    zh: '否决项必须写明依据文件的标题、文号和条款，否则不成立',
    en: 'a veto must name its basis (title, number, article); without one there is no veto',
  }),
  'evidence-reason': () => ({ zh: '要求提供照片或文件必须写明理由', en: 'asking for evidence needs a reason' }),
  'score-barred': ({ key }) => ({
    zh: `“${key}”统计的是信访、投诉或纠纷的数量，不得计分、否决或排名；可改为未办结或逾期的数量`,
    en: `"${key}" counts petitions, complaints or disputes, which may never be scored, vetoed or ranked; count what is unresolved or late instead`,
  }),
  'not-for-scoring': ({ key }) => ({
    zh: `指标“${key}”在指标目录中标明不得计分`,
    en: `the catalogue says that "${key}" may not be scored`,
  }),
};

export function standardIssue(
  path: (string | number)[],
  code: string,
  found: Record<string, string> = {},
): StandardIssue {
  const say = issueWords[code] ?? issueWords.invalid;
  return { path, code, message: say ? say({ detail: code, ...found }) : { zh: code, en: code } };
}

/** Turns what zod found into our words. A faulty entry may hold several faults; each becomes one issue. */
export function issueFromZod(issue: z.core.$ZodIssue, given: unknown): StandardIssue[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => standardIssue([...path, name], 'unknown-field', { name }));
  }
  const basis = path[0] === 'vetoes' && path[2] === 'basis';
  if (basis) return [standardIssue(path, 'veto-basis')];
  // zod calls an absent field a wrong type or a failed union; only the given data tells the two apart.
  if (lookUp(given, path) === undefined) return [standardIssue(path, 'missing')];
  switch (issue.code) {
    case 'invalid_type':
      return [standardIssue(path, 'type', { expected: issue.expected })];
    case 'invalid_value':
      return [standardIssue(path, 'choice', { allowed: issue.values.map(String).join(' / ') })];
    case 'invalid_union':
      return [unionIssue(issue, path)];
    case 'too_small':
      return [standardIssue(path, issue.origin === 'number' ? 'size' : 'empty')];
    case 'too_big':
      return [standardIssue(path, 'size')];
    case 'custom':
    case 'invalid_format':
      return [standardIssue(path, issue.message)];
    default:
      return [standardIssue(path, 'invalid', { detail: issue.message })];
  }
}

function lookUp(given: unknown, path: (string | number)[]): unknown {
  let at = given;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function unionIssue(issue: z.core.$ZodIssueInvalidUnion, path: (string | number)[]): StandardIssue {
  if (issue.message === 'not-a-number') return standardIssue(path, 'not-a-number');
  if (path.at(-1) === 'type') {
    return standardIssue(path, 'choice', { allowed: 'linear / steps / steps-down / yes / levels / review / rank' });
  }
  if (path.at(-1) === 'mode') return standardIssue(path, 'choice', { allowed: 'stars / bands' });
  return standardIssue(path, 'invalid', { detail: issue.message });
}
