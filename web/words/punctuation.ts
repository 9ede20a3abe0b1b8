// Marks between the pieces of a line, as wide as the reader's language writes them. The language stands at the root of the
// page, so that these also serve where no component is at hand.

const chinese = () => document.documentElement.lang !== 'en';

export const colon = (): string => (chinese() ? '：' : ': ');
export const comma = (): string => (chinese() ? '、' : ', ');
export const semicolon = (): string => (chinese() ? '；' : '; ');

/** What is said in passing, with its brackets. */
export const aside = (text: string | number): string => (chinese() ? `（${text}）` : ` (${text})`);

/** Marks at the beginning of a text with which no line begins in Chinese. */
export const closingMarks = /^[，。；：、！？”’）》】%]+/;
