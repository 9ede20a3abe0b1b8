// Results and ways up in words, line by line: the same lines on the command line, in exports and under a star card.
import { pointsText } from './decimal.ts';
import type { Advice, Gap } from './gap.ts';
import type { CriterionResult, Reason, Result, StarResult } from './result.ts';
import type { Rule, Standard, Words } from './standard-shape.ts';

export type Language = 'zh' | 'en';

export function say(words: Words, language: Language): string {
  return language === 'en' ? (words.en ?? words.zh) : words.zh;
}

/** `language` picks one of the two; both are always written side by side so that neither is forgotten. */
function both(language: Language, zh: string, en: string): string {
  return language === 'zh' ? zh : en;
}

const kindWords = {
  figure: { zh: '指标', en: 'figure' },
  check: { zh: '核查', en: 'check' },
  review: { zh: '评议', en: 'review' },
  fact: { zh: '事实', en: 'fact' },
} as const;

const peerWords = {
  township: { zh: '乡镇', en: 'township' },
  county: { zh: '全县', en: 'county' },
  all: { zh: '全部', en: 'all units' },
} as const;

const combineWords = {
  mean: { zh: '平均分', en: 'mean' },
  trimmed: { zh: '去掉最高最低分后的平均分', en: 'mean without the highest and lowest' },
  median: { zh: '中位数', en: 'median' },
} as const;

const listed = (items: readonly string[], language: Language) => items.join(both(language, '，', ', '));

/** How the numbers of a rule are written: what it compares with (a share may be told in percent) and its points. */
export interface Told {
  readonly value: (value: number) => string;
  readonly points: (hundredths: number) => string;
}

const plainly: Told = { value: String, points: pointsText };

type Steps = readonly { at: number; points: number }[];

function stepsText(steps: Steps, sign: string, language: Language, told: Told = plainly): string {
  return listed(
    steps.map((step) => `${sign}${told.value(step.at)} → ${told.points(step.points)}`),
    language,
  );
}

/** A rule read aloud; `told` writes its numbers. */
export function explainRule(rule: Rule, language: Language, told: Told = plainly): string {
  switch (rule.type) {
    case 'linear':
      return both(
        language,
        `从 ${told.value(rule.from)} 到 ${told.value(rule.to)} 按比例得分`,
        `in proportion from ${told.value(rule.from)} to ${told.value(rule.to)}`,
      );
    case 'steps':
      return both(
        language,
        `分档：${stepsText(rule.steps, '≥ ', 'zh', told)}`,
        `steps: ${stepsText(rule.steps, '≥ ', 'en', told)}`,
      );
    case 'steps-down':
      return both(
        language,
        `分档：${stepsText(rule.steps, '≤ ', 'zh', told)}`,
        `steps: ${stepsText(rule.steps, '≤ ', 'en', told)}`,
      );
    case 'yes':
      return both(language, '做到得满分，未做到不得分', 'all points if yes, none if no');
    case 'levels': {
      // The best first: in the source they may stand in any order.
      const levels = Object.entries(rule.levels)
        .sort(([, a], [, b]) => b - a)
        .map(([label, points]) => `${label} → ${told.points(points)}`);
      return both(language, `按等级：${listed(levels, 'zh')}`, `by level: ${listed(levels, 'en')}`);
    }
    case 'review':
      return both(
        language,
        `评议${combineWords[rule.combine].zh}，满分 ${rule.max}`,
        `panel ${combineWords[rule.combine].en} out of ${rule.max}`,
      );
    case 'rank': {
      const peers = peerWords[rule.peers];
      // Percentiles are no shares, whatever is ranked.
      const percentiles = { ...told, value: String };
      const order = rule.lower ? both(language, '，数值低者为优', ', lower is better') : '';
      return both(
        language,
        `在${peers.zh}同类单位中的位次百分比${order}：${stepsText(rule.steps, '≥ ', 'zh', percentiles)}`,
        `percentile among peers (${peers.en})${order}: ${stepsText(rule.steps, '≥ ', 'en', percentiles)}`,
      );
    }
  }
}

/** A result as text. Criterion ids are printed, so that a line can be found in the standard and in the values. */
export function explain(standard: Standard, result: Result, language: Language = 'zh'): string[] {
  const top = standard.grading.mode === 'stars' ? standard.stars.length : null;
  const level = top === null ? String(result.level) : `${result.level}/${top}`;
  const lines = [
    `${result.unit} · ${say(standard.title, language)} ${standard.id} ${standard.version}`,
    ...(standard.sample
      ? [both(language, '样例标准，非正式文件。', 'Sample standard, not an official document.')]
      : []),
    both(
      language,
      `等级 ${level} · 总分 ${pointsText(result.total)} / ${pointsText(result.full)}`,
      `level ${level} · total ${pointsText(result.total)} / ${pointsText(result.full)}`,
    ),
  ];
  if (result.missing > 0) {
    lines.push(
      both(
        language,
        `缺少 ${result.missing} 项数据（缺项不是零分实测）。`,
        `${result.missing} values are missing (missing is not a measured zero).`,
      ),
    );
  }
  for (const star of result.stars) lines.push('', ...explainStar(standard, star, language));
  return lines;
}

function explainStar(standard: Standard, star: StarResult, language: Language): string[] {
  const held = star.held ? both(language, '★ 已得', '★ held') : both(language, '☆ 未得', '☆ not held');
  return [
    both(
      language,
      `${held} ${say(star.name, language)}（${star.id}）：${pointsText(star.points)} / ${pointsText(star.full)}，达标 ${pointsText(star.pass)}`,
      `${held} ${say(star.name, language)} (${star.id}): ${pointsText(star.points)} / ${pointsText(star.full)}, pass ${pointsText(star.pass)}`,
    ),
    ...star.reasons.map((reason) => `  - ${explainReason(standard, reason, language)}`),
    ...star.criteria.map((one) => `  · ${explainCriterion(one, language)}`),
  ];
}

function explainCriterion(one: CriterionResult, language: Language): string {
  const kind = kindWords[one.source.kind][language];
  const from = one.source.from === null ? '' : ` · ${one.source.from}`;
  const source = `${kind} ${one.source.key} (${one.source.period})${from}`;
  const shown = one.values.join(' | ') + (one.combined === null ? '' : ` = ${one.combined}`);
  let value = both(language, `值 ${shown}`, `value ${shown}`);
  if (one.missing) value = both(language, '缺数据', 'missing');
  if (one.removed) value = both(language, '缺数据，选项不计入', 'missing, optional, left out');
  const standing = one.standing
    ? both(
        language,
        `，同类 ${one.standing.of} 个中优于 ${one.standing.worse} 个`,
        `, better than ${one.standing.worse} of ${one.standing.of} peers`,
      )
    : '';
  const must =
    one.must === null ? '' : both(language, `，底线 ${pointsText(one.must)}`, `, must ${pointsText(one.must)}`);
  return `${one.id} ${say(one.text, language)}: ${pointsText(one.points)} / ${pointsText(one.full)}${must}; ${value}${standing}; ${explainRule(one.rule, language)}; ${source}`;
}

export function explainReason(standard: Standard, reason: Reason, language: Language): string {
  const starName = (id: string): string =>
    `${say(standard.stars.find((star) => star.id === id)?.name ?? { zh: id }, language)} (${id})`;
  switch (reason.code) {
    case 'enough-points':
      return both(
        language,
        `得分 ${pointsText(reason.points)} 达到 ${pointsText(reason.pass)}`,
        `${pointsText(reason.points)} points reach the pass of ${pointsText(reason.pass)}`,
      );
    case 'below-pass':
      return both(
        language,
        `得分 ${pointsText(reason.points)} 低于 ${pointsText(reason.pass)}，差 ${pointsText(reason.short)}`,
        `${pointsText(reason.points)} points are ${pointsText(reason.short)} below the pass of ${pointsText(reason.pass)}`,
      );
    case 'must-missed':
      return both(
        language,
        `${reason.criterion} 得 ${pointsText(reason.points)}，未到底线分 ${pointsText(reason.must)}`,
        `${reason.criterion} has ${pointsText(reason.points)}, below its must of ${pointsText(reason.must)}`,
      );
    case 'vetoed': {
      const veto = standard.vetoes.find((one) => one.id === reason.veto);
      const basis = veto ? ` (${veto.basis.title}, ${veto.basis.number}, ${veto.basis.article})` : '';
      return both(language, '一票否决：', 'vetoed: ') + (veto ? say(veto.text, language) : reason.veto) + basis;
    }
    case 'requires':
      return both(
        language,
        `须先持有 ${starName(reason.star)}`,
        `requires ${starName(reason.star)}, which is not held`,
      );
    case 'missing':
      return both(language, `${reason.criterion} 缺数据，计 0 分`, `${reason.criterion} is missing and counts 0`);
    case 'removed':
      return both(
        language,
        `${reason.criterion} 为选项且缺数据，不计入`,
        `${reason.criterion} is optional and missing, left out`,
      );
    case 'scaled':
      return both(
        language,
        `其余得分按比例折算：${pointsText(reason.earned)} × ${pointsText(reason.full)} ÷ ${pointsText(reason.counted)}`,
        `the rest is scaled: ${pointsText(reason.earned)} × ${pointsText(reason.full)} ÷ ${pointsText(reason.counted)}`,
      );
    case 'nothing-counted':
      return both(language, '没有可计分的条目', 'no criterion is left to count');
  }
}

/** The way up as text. */
export function explainGap(found: Gap, language: Language = 'zh'): string[] {
  const name = `${say(found.name, language)} (${found.star})`;
  const lines = [
    `${found.unit} · ${name}: ${pointsText(found.pointsNow)} → ${both(language, '达标', 'pass')} ${pointsText(found.pass)}`,
  ];
  if (found.held) return [...lines, both(language, '这颗星已经持有。', 'This star is held.')];
  if (!found.reachable) {
    lines.push(
      both(
        language,
        '仅靠自身能提高的条目，分数到不了达标线。',
        'Raising what can be raised by oneself does not reach the star.',
      ),
    );
  } else if (found.advice.length === 0) {
    lines.push(both(language, '得分和底线分都已达到。', 'Points and musts are met.'));
  } else {
    lines.push(
      both(
        language,
        `最省力的办法（共 ${found.advice.length} 条，力度 ${found.effort}）：`,
        `The cheapest way (criteria: ${found.advice.length}, effort ${found.effort}):`,
      ),
      ...found.advice.map((one) => `  · ${explainAdvice(one, language)}`),
      both(
        language,
        `之后本星得分 ${pointsText(found.pointsAfter)}`,
        `Points of the star afterwards: ${pointsText(found.pointsAfter)}`,
      ),
    );
  }
  for (const blocker of found.blockers) {
    const words = say(blocker.text, language);
    lines.push(
      blocker.kind === 'veto'
        ? both(language, `阻碍：一票否决 ${words} (${blocker.id})`, `Blocker: veto ${words} (${blocker.id})`)
        : both(
            language,
            `阻碍：须先持有 ${words} (${blocker.id})`,
            `Blocker: requires ${words} (${blocker.id}), not held`,
          ),
    );
  }
  if (found.leftOut.length > 0) {
    const ids = found.leftOut.map((one) => one.criterion).join(', ');
    lines.push(both(language, `按位次计分、不列入建议：${ids}`, `Scored by rank, left out of the search: ${ids}`));
  }
  return lines;
}

function explainAdvice(one: Advice, language: Language): string {
  const now = one.valueNow ?? both(language, '缺数据', 'missing');
  return `${one.criterion} ${say(one.text, language)}: ${now} → ${one.valueNeeded}; ${pointsText(one.pointsNow)} → ${pointsText(one.pointsAfter)} (+${pointsText(one.gain)} / ${pointsText(one.full)}); ${both(language, '力度', 'effort')} ${one.effort}`;
}
