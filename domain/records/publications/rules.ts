import { type Reason, reasons } from '../../words.ts';

export const publicationReason = reasons({
  'publication-published': {
    zh: '已发布的内容不能修改，请发布新版本。',
    en: 'A published text is not changed; publish a new version.',
  },
  'publication-draft': { zh: '尚未发布，不能发新版。', en: 'It is not published yet; change the draft itself.' },
  'publication-replaced': {
    zh: '已有更新的版本，请在最新版上修改。',
    en: 'There is a newer version; start from that one.',
  },
  'publication-closing': { zh: '截止日期不能早于今天。', en: 'It cannot close before today.' },
});

interface PublicationFacts {
  readonly publishedAt: Date | string | null;
  readonly replacedBy: string | null;
  readonly closesOn: string | null;
}

export function canPublish(p: PublicationFacts, today: string): Reason | null {
  if (p.publishedAt !== null) return publicationReason('publication-published');
  if (p.closesOn !== null && p.closesOn < today) return publicationReason('publication-closing');
  return null;
}

export function canReplace(p: PublicationFacts): Reason | null {
  if (p.publishedAt === null) return publicationReason('publication-draft');
  return p.replacedBy === null ? null : publicationReason('publication-replaced');
}
