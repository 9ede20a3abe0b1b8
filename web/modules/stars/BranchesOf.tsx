import { deciding } from '../../../domain/stars/contract-deciding.ts';
import { useRead } from '../../api/hooks.ts';
import { decisionWords } from '../../words/decision.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useWords } from '../../words/use.ts';
import { useLevelWords } from './pieces.tsx';

/** Which branches the step is about, by name, as far as a dialog has room. */
export function BranchesOf(props: { id: string }) {
  const t = useWords(decisionWords);
  const words = useLevelWords();
  const list = useRead(deciding.proposal, { params: { id: props.id } }).data;
  if (!list) return null;
  const listed = list.items.filter((i) => i.recommended);
  const names = listed
    .slice(0, 12)
    // Villages of the same name are common: the township goes with each.
    .map((i) => `${i.parentName}${i.unitName}${aside(words(i.level))}`)
    .join(comma());
  return (
    <p>{t('branches-n', { n: listed.length, names: listed.length > 12 ? t('branches-more', { names }) : names })}</p>
  );
}
