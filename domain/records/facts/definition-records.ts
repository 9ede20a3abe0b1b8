import type { Words } from '../../words.ts';
import { catalogues } from '../catalogues/all.ts';
import { wordsOfStar } from '../../org/words.ts';
import type { CaseSource, Cond, LineSource, RecordsLeaf, Source, SubjectSource, UnitSource } from './expr.ts';
import {
  accountWords,
  entryKindWords,
  entryStateWords,
  fieldWords,
  fundSourceWords,
  kindWords,
  purposeWords,
  roleWords,
  stateWords,
  typeWords,
  valueWords,
} from './kind-words.ts';

type Say = (words: Words) => string;

/** One thing said in both languages, or nothing. */
type Said = Words | null | undefined | false | '' | 0;
const w = (zh: string, en: string): Words => ({ zh, en });
const listed = (names: readonly Words[]): Words =>
  w(names.map((n) => n.zh).join('/'), names.map((n) => n.en).join('/'));
const rolesOf = (names: readonly string[]) => listed(names.map(roleWords));

function condWords(source: Source, c: Cond): Words {
  const field = fieldWords(source, c.field);
  const both = (zh: string, en: string) => w(`${field.zh}${zh}`, `${field.en} ${en}`);
  if (c.atLeast !== undefined) return both(` ≥ ${c.atLeast}`, `≥ ${c.atLeast}`);
  if (c.atLeastField) {
    const other = fieldWords(source, c.atLeastField);
    return both(` ≥ ${other.zh}`, `≥ ${other.en}`);
  }
  if (c.set) return both('已填', 'given');
  if (c.year) return both('为本年', 'of the year');
  if (c.within) return both('在本期内', 'within the period');
  if (c.holds) {
    const held = valueWords(source, c.field, c.holds);
    return both(`含“${held.zh}”（未列明即全部）`, `holds “${held.en}” (or all)`);
  }
  if (c.allOf) {
    const { words } = catalogues[c.allOf]!;
    return both(`含${words.zh}全部项`, `has every item of “${words.en}”`);
  }
  const values = listed((c.in ?? [String(c.is)]).map((value) => valueWords(source, c.field, value)));
  return both(` = ${values.zh}`, `= ${values.en}`);
}

const whenWords: Readonly<Record<CaseSource['when'], Words>> = {
  opened: w('本期发生', 'opened in the period'),
  closed: w('本期办结', 'closed in the period'),
  due: w('本期到期', 'due in the period'),
  reached: w('本期达到', 'reached in the period'),
  open: w('期末未结', 'open at the end'),
  overdue: w('期末超期未结', 'open past its due day at the end'),
  there: w('期末在册', 'there at the end'),
};

function caseLimits(s: CaseSource): Said[] {
  return [
    s.states && listed(s.states.map((state) => stateWords(s.types, state))),
    s.star && wordsOfStar(s.star),
    s.ofCycle ? w('本周期', 'of the cycle') : whenWords[s.when],
    s.onTime !== undefined && (s.onTime ? w('按期', 'on time') : w('超期', 'late')),
    s.titled && w(`名称含“${s.titled}”`, `named “${s.titled}”`),
    s.childOf && w('属于上级计划', 'belonging to one above'),
    s.ownerRole && w(`责任人为${rolesOf(s.ownerRole).zh}`, `owned by ${rolesOf(s.ownerRole).en}`),
    s.onRole && w(`限${roleWords(s.onRole).zh}`, `of units that are: ${roleWords(s.onRole).en}`),
    s.onTypes && listed(s.onTypes.map(typeWords)),
    s.touchedDays && w(`${s.touchedDays} 天内有更新`, `worked on within ${s.touchedDays} days`),
    s.funded && w('资金已到账', 'whose book received money'),
    s.about && w('限登记对象符合条件', 'about an entry that qualifies'),
    s.linkedBy && w(`限${rolesOf(s.linkedBy).zh}所联系的住户`, `of households that have: ${rolesOf(s.linkedBy).en}`),
    s.visiting && w(`同月到过${rolesOf(s.visiting).zh}各处`, `with a visit to each of: ${rolesOf(s.visiting).en}`),
    s.asked && w('对应事项本期提出', 'whose request is of the period'),
  ];
}

function lineLimits(s: LineSource): Said[] {
  return [
    listed(s.accounts.map((code) => accountWords(s, code))),
    s.purposes && listed(s.purposes.map((name) => purposeWords(s, name))),
    s.fundSources && listed(s.fundSources.map((name) => fundSourceWords(s, name))),
    s.bookTitle && w(`账名含“${s.bookTitle}”`, `book named “${s.bookTitle}”`),
    s.bookAbout &&
      w(
        `限关于${entryKindWords(s.bookAbout).zh}的项目账`,
        `books of projects about: ${entryKindWords(s.bookAbout).en}`,
      ),
    s.bookLed && w('限支部领办', 'books of those that a branch leads'),
    s.example && w('限同意公开的示例户', 'of the one household that consented to be an example'),
  ];
}

function entryLimits(s: SubjectSource): Said[] {
  return [
    s.states && listed(s.states.map((state) => entryStateWords(s, state))),
    s.led && w('由党组织领办（配给）', 'led by a unit'),
    s.bound && w('有约在身', 'bound by an agreement in force'),
    s.dated && w('日期在本期内', 'dated within the period'),
    s.parentKind && w(`属于${entryKindWords(s.parentKind).zh}`, `of: ${entryKindWords(s.parentKind).en}`),
    s.onTypes && listed(s.onTypes.map(typeWords)),
  ];
}

function unitLimits({ parentTypes }: UnitSource): Said[] {
  const above = parentTypes && listed(parentTypes.map(typeWords));
  return [w('期末在用', 'in use at the end'), above && w(`设在${above.zh}`, `of: ${above.en}`)];
}

function limits(source: Source): Said[] {
  switch (source.table) {
    case 'cases':
      return caseLimits(source);
    case 'lines':
      return lineLimits(source);
    case 'events':
      return [
        w('已召开', 'held'),
        source.standing && w('已记录该固定议题', 'with that standing item minuted'),
        source.subjectKinds &&
          w(
            `限名单中的${listed(source.subjectKinds.map(entryKindWords)).zh}`,
            `of the roster: ${listed(source.subjectKinds.map(entryKindWords)).en}`,
          ),
        source.personRole && w(`限${rolesOf(source.personRole).zh}`, `people who are ${rolesOf(source.personRole).en}`),
      ];
    case 'subjects':
      return entryLimits(source);
    case 'units':
      return unitLimits(source);
    case 'agreements':
      return [
        w('期末有效', 'in force at the end'),
        source.placedBy && w('按当事方所在地', 'where the parties stand'),
        source.withRole && w('限当事方符合条件', 'with a party that qualifies'),
        source.forDays && w(`连续满 ${source.forDays} 天`, `for ${source.forDays} days or more`),
      ];
    case 'designations':
      return [
        source.level !== undefined && w(`${source.level} 星`, `level ${source.level}`),
        source.levelAtLeast !== undefined && w(`${source.levelAtLeast} 星以上`, `level ${source.levelAtLeast} or more`),
        source.ofCycle
          ? w('本周期', 'of the cycle')
          : source.granted
            ? w('授予', 'granted')
            : w('期末有效', 'in force'),
        source.grantor && w(`授予单位含“${source.grantor}”`, `by one named “${source.grantor}”`),
      ];
    case 'assignments':
      return [
        w('期末在岗', 'in force at the end'),
        source.onRole && w(`限${roleWords(source.onRole).zh}`, `on units that are: ${roleWords(source.onRole).en}`),
        source.also && w(`同时是${rolesOf(source.also).zh}`, `who also are ${rolesOf(source.also).en}`),
      ];
    case 'judgements':
      return [w('本期已锁定', 'of rounds locked in the period')];
    default:
      return [];
  }
}

const takeWords: Readonly<Record<RecordsLeaf['take'], Words>> = {
  count: w('数', 'number of'),
  sum: w('合计', 'sum of'),
  distinct: w('去重数', 'distinct number of'),
  median: w('中位数', 'median of'),
  max: w('最大值', 'largest of'),
  min: w('最小值', 'smallest of'),
  earliest: w('最早一次', 'first of'),
  latest: w('最近一次', 'last of'),
};

/** A leaf over records in words: what is counted, of which kinds, under which conditions, since when. */
export function recordsText(leaf: RecordsLeaf, zh: boolean): string {
  const say: Say = (words) => (zh ? words.zh : words.en);
  const { source } = leaf;
  const kinds = kindWords(source)
    .map(say)
    .join(zh ? '、' : ', ');
  const has = 'has' in source ? (source.has ?? []) : [];
  const said = [
    ...has.map((c) => condWords(source, c)),
    ...limits(source),
    'own' in source && source.own && w('本级', 'of the unit itself'),
    leaf.total && w('累计', 'to date'),
    leaf.sinceYearBefore && w('自上年初', 'since the year before began'),
    leaf.once && w('同一对象只计一次', 'each counted once'),
  ].filter((s): s is Words => Boolean(s));
  const all = said.map(say);
  const where = all.length > 0 ? (zh ? `（${all.join('，')}）` : ` (${all.join(', ')})`) : '';
  const amount = 'amount' in source && source.amount ? say(fieldWords(source, source.amount)) : '';
  const take = say(takeWords[leaf.take]);
  const by = 'key' in source && source.key ? (keyWords[source.key] ?? fieldWords(source, source.key)) : null;
  const key = by ? (zh ? `按${by.zh}` : ` by ${by.en.toLowerCase()}`) : '';
  return zh
    ? `${kinds}${where}${amount}${key}${take}`
    : `${take} ${amount ? `${amount} of ` : ''}${kinds}${where}${key}`;
}

const keyWords: Readonly<Record<string, Words>> = {
  unit: w('单位', 'unit'),
  person: w('人', 'person'),
  owner: w('责任人', 'owner'),
  raiser: w('登记人', 'who raised it'),
  subject: w('对象', 'whom it is about'),
  month: w('月', 'month'),
  week: w('周', 'week'),
  star: w('星', 'star'),
  type: w('类型', 'type'),
  force: w('专班', 'task force'),
  tier: w('层级', 'level'),
  'parent-tier': w('上级层级', 'level of the unit above'),
  place: w('地块', 'plot'),
  role: w('角色', 'role'),
  year: w('年度', 'year'),
  'lead-unit': w('领办单位', 'leading unit'),
  parent: w('上级', 'unit above'),
  party: w('当事方', 'party'),
  'holder-unit': w('责任单位', 'unit that holds the duty'),
  object: w('对象', 'what the duty is for'),
  home: w('所在单位', 'home unit'),
};
