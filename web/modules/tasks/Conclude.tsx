import { people } from '../../../domain/records/people/contract.ts';
import { type CheckedItem, rounds } from '../../../domain/tasks/contract-rounds.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { taskWords } from '../../words/tasks.ts';
import { colon } from '../../words/punctuation.ts';
import { useWords } from '../../words/use.ts';

interface Finding {
  readonly note: string;
  readonly title: string;
  readonly severity?: 'ordinary' | 'key';
  readonly ownerPersonId?: string;
  readonly dueOn?: string;
}

/** The two ways to conclude an item: it is as reported, or there is a finding that somebody puts right by a day. */
export function Conclude(props: { roundId: string; item: CheckedItem }) {
  const t = useWords(taskWords);
  const can = useCan();
  const { item } = props;
  const judge = useChange(rounds.judge);
  const list = useRead(people.list, { query: { under: item.unitId, limit: 100 } }, { when: can('people.read') });
  const owners = (list.data?.items ?? []).map((p) => ({ value: p.id, label: `${p.name} · ${p.title ?? p.unitName}` }));
  const params = { id: props.roundId };
  const note = { name: 'note', label: t('round-note'), kind: 'area' as const, required: true, max: 2000 };
  return (
    <span className="row">
      <AskButton<{ note: string }, Parameters<typeof judge.mutate>[0]>
        label={t('round-confirm')}
        title={`${t('round-confirm')}${colon()}${item.title}`}
        button={{ size: 'small' }}
        reason={item.mayJudge}
        change={judge as never}
        fields={[note]}
        input={(v) => ({ params, body: { itemId: item.id, outcome: 'confirm', note: v.note } })}
      />
      <AskButton<Finding, Parameters<typeof judge.mutate>[0]>
        label={t('round-find')}
        title={`${t('round-find')}${colon()}${item.title}`}
        button={{ size: 'small' }}
        reason={item.mayJudge}
        change={judge as never}
        fields={[
          { name: 'title', label: t('round-finding'), kind: 'text', required: true },
          note,
          {
            name: 'severity',
            label: t('severity'),
            kind: 'select',
            initial: 'ordinary',
            required: true,
            options: (['ordinary', 'key'] as const).map((value) => ({ value, label: t(value) })),
          },
          { name: 'ownerPersonId', label: t('owner'), kind: 'select', options: owners, hint: t('owner-hint') },
          { name: 'dueOn', label: t('due-on'), kind: 'day' },
        ]}
        input={(v) => ({ params, body: { itemId: item.id, outcome: 'find', ...v } })}
      />
    </span>
  );
}
