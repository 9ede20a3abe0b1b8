// What may never be scored (design/limits.md, rule 2): how many petitions, complaints or disputes a place has. Scoring
// what is raised teaches a village to silence it. What is unresolved or late may be counted.

/** Words that make a key or a veto a count of what people raise. */
const raised =
  /petition|complaint|dispute|grievance|hotline|letters-and-visits|xinfang|shangfang|tousu|jiufen|信访|上访|非访|投诉|举报|纠纷|12345/i;

/** Words that turn the same key into a measure of how it was answered. */
const answered =
  /(^|[-_.])(unresolved|unanswered|overdue|late|open|pending|on-time|in-time|timely)($|[-_.])|未办结|未化解|未解决|逾期|超期|按时|按期|及时/i;

/** Wrongs done to those who speak up, or truth withheld: these may stand in a veto. */
const wrongdoing = /压制|打击|报复|瞒报|拖延|推诿|泄露|suppress|retaliat|conceal|leak/i;

/** Keys of the figure catalogue that the rule bars by name, beside everything the pattern catches. */
export const scoreBarred = {
  keys: ['petitions-count', 'petitions-yoy', 'years-without-petition', 'disputes-settled', 'disputes-settled-grid'],
  pattern: raised,
  unless: answered,
} as const;

export function isScoreBarred(key: string): boolean {
  if ((scoreBarred.keys as readonly string[]).includes(key)) return true;
  return raised.test(key) && !answered.test(key);
}

/** A veto may not fall on a place because people there petitioned. */
export function isVetoBarred(id: string, text: string): boolean {
  const words = `${id} ${text}`;
  return raised.test(words) && !answered.test(id) && !answered.test(text) && !wrongdoing.test(words);
}
