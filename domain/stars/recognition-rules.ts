import { type Reason, reasons, type Words } from '../words.ts';

export const recognitionReason = reasons({
  'honour-three-stars': {
    zh: '“{name}”现为 {level} 星，评优评先须 {needed} 星以上。',
    en: '“{name}” holds {level} stars; unit honours need {needed}.',
  },
  'recommendation-person': { zh: '请指明被推荐的支部书记。', en: 'Name the branch secretary who is recommended.' },
  'recommendation-not-secretary': {
    zh: '推荐考录（聘）的须是该支部现任书记。',
    en: 'Only the present secretary of the branch can be recommended for recruitment.',
  },
  'recommendation-own': { zh: '须由本人表示同意。', en: 'Only the person concerned can consent.' },
  'recommendation-consent': { zh: '本人同意后方可推荐。', en: 'Nobody is recommended without having consented.' },
  'recommendation-self': { zh: '不能决定对自己的推荐。', en: 'Nobody decides on their own recommendation.' },
  'recommendation-outcome': {
    zh: '请填写作出决定的机关、文件和结果。',
    en: 'Give the deciding body, its document and the outcome.',
  },
  'plaque-none-named': { zh: '没有可授牌的命名支部。', en: 'There is no named branch to give a plaque to.' },
  'plaque-not-named': { zh: '“{name}”不在命名之列，不能授牌。', en: '“{name}” is not named; it gets no plaque.' },
  'plaque-named': {
    zh: '“{name}”的命名仍然有效，不能收回牌匾；请先办理降星。',
    en: 'The naming of “{name}” is in force; a plaque is withdrawn after a downgrade only.',
  },
  'honour-number': { zh: '上级认定须登记文号或证书编号。', en: 'A recognition by a higher body needs its number.' },
  'honour-five-stars': {
    zh: '“{name}”现为 {level} 星，省级“五星”支部须五星俱全。',
    en: '“{name}” holds {level} stars; a provincial five-star branch needs all five.',
  },
  'cultivation-running': {
    zh: '“{name}”已在该类培育之中。',
    en: '“{name}” is being cultivated for this already.',
  },
  'cultivation-recognition': {
    zh: '省级标杆由上级认定，请填写认定机关和编号。',
    en: 'A provincial benchmark is recognised by a body above: give its name and the number.',
  },
  'cultivation-state': { zh: '当前“{state}”，不能办理此项。', en: 'Not possible while it is “{stateEn}”.' },
});

/** Stars without which no unit honour is given (M202); the county's published rule can raise it, never lower it for one unit. */
export const honourLevel = 3;

/** From this level on a branch stands first among the candidates (M203). */
export const priorityLevel = 4;

export function mayBeHonoured(name: string, level: number): Reason | null {
  return level >= honourLevel ? null : recognitionReason('honour-three-stars', { name, level, needed: honourLevel });
}

export function honourWords(name: string, level: number): Words {
  return (
    mayBeHonoured(name, level)?.words ?? {
      zh: `现为 ${level} 星，达到 ${honourLevel} 星以上的前置条件。`,
      en: `It holds ${level} stars and so meets the condition of ${honourLevel}.`,
    }
  );
}

export const candidateOrder: Words = {
  zh: `${honourLevel} 星以上方可参评；五星、四星优先，同级按单位顺序，不作排名。`,
  en: `Three stars are the condition; five and four stars come first; within a level the order is that of the tree, not a rank.`,
};

interface RecommendationFacts {
  readonly kind: 'honour' | 'recruitment';
  readonly ownerPersonId: string | null;
  readonly consented: boolean;
}

/** Consent is the person's own; no decision on oneself; no recruitment without consent. */
export function recommendationStep(
  r: RecommendationFacts,
  step: 'consent' | 'recommend' | 'refuse' | 'outcome',
  personId: string | null,
): Reason | null {
  if (step === 'consent') return personId === r.ownerPersonId ? null : recognitionReason('recommendation-own');
  if (personId !== null && personId === r.ownerPersonId) return recognitionReason('recommendation-self');
  if (step === 'recommend' && r.kind === 'recruitment' && !r.consented)
    return recognitionReason('recommendation-consent');
  return null;
}
