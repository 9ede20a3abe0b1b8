import { type DecidedRequest, funds } from '../../../domain/projects/contract-funds.ts';
import { fundSources } from '../../../domain/records/ledgers/declare.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { today } from '../../ui/moments.ts';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useProjectUnit } from './screen.ts';

interface Typed {
  readonly bookId: string;
  readonly source: string;
  readonly onDay: string;
  readonly document: string;
}

/** Pays an approved request out of one source of a fund; several sources at once go through the interface. */
export function Pay(props: { of: DecidedRequest }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: r } = props;
  const pay = useChange(funds.pay);
  const open = r.state === 'approved';
  const year = Number(today().slice(0, 4));
  const books = useRead(funds.list, { query: { under: useProjectUnit(), year, limit: 100 } }, { when: open });
  if (!open) return null;
  return (
    <AskButton<Typed, Parameters<typeof pay.mutate>[0]>
      label={t('pay')}
      button={{ size: 'small' }}
      reason={r.mayPay}
      change={pay as never}
      fields={[
        {
          name: 'bookId',
          label: t('fund'),
          kind: 'select',
          required: true,
          options: (books.data?.items ?? []).map((f) => ({ value: f.bookId, label: f.title })),
        },
        {
          name: 'source',
          label: t('source'),
          kind: 'select',
          required: true,
          options: Object.entries(fundSources).map(([value, words]) => ({ value, label: say(words) })),
        },
        { name: 'onDay', label: t('day'), kind: 'day', required: true, initial: today() },
        { name: 'document', label: t('document'), kind: 'text', required: true },
      ]}
      input={({ source, ...rest }) => ({
        params: { id: r.id },
        body: { ...rest, sources: [{ fundSource: source, amountFen: r.approvedFen ?? 0 }] },
      })}
    />
  );
}
