import { Link } from '@tanstack/react-router';
import { type ProjectPage, projects } from '../../../domain/projects/contract.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { yuan } from '../../ui/money.ts';
import { today } from '../../ui/moments.ts';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';

type Contribution = ProjectPage['contributions'][number];

/** What residents gave: logged, valued by somebody else at an agreed rate, posted in time and in money. */
export function Contributions(props: { items: readonly Contribution[] }) {
  const t = useWords(projectWords);
  const say = useSay();
  if (props.items.length === 0) return null;
  return (
    <section className="panel stack">
      <h2>{t('contributions')}</h2>
      <Table
        caption={t('contributions')}
        numbered={false}
        rows={props.items}
        rowKey={(c) => c.id}
        columns={[
          {
            key: 'what',
            title: t('contributions'),
            align: 'known-by',
            show: (c) => (
              <Link to="/cases/$id" params={{ id: c.id }}>
                {c.title}
              </Link>
            ),
          },
          { key: 'on', title: t('day'), width: 110, show: (c) => c.on },
          { key: 'days', title: t('labour-days'), align: 'end', width: 110, show: (c) => c.labourDays },
          { key: 'machines', title: t('machine-hours'), align: 'end', width: 120, show: (c) => c.machineHours },
          { key: 'value', title: t('given'), align: 'end', width: 130, show: (c) => yuan(c.agreedValueFen) },
          { key: 'state', title: t('stage'), width: 120, show: (c) => <Mark>{say(c.stateWords)}</Mark> },
          { key: 'acts', title: t('acts'), align: 'acts', width: 130, show: (c) => <Acts of={c} /> },
        ]}
      />
    </section>
  );
}

function Acts(props: { of: Contribution }) {
  const t = useWords(projectWords);
  const { of: c } = props;
  const agree = useChange(projects.agree);
  const post = useChange(projects.post);
  const fen = (yuanText: string | undefined) => Math.round(Number(yuanText ?? 0) * 100);
  if (c.mayAgree)
    return (
      <AskButton<{ day?: string; hour?: string; document: string }, Parameters<typeof agree.mutate>[0]>
        label={t('agree')}
        button={{ size: 'small' }}
        change={agree as never}
        fields={[
          { name: 'day', label: t('day-rate'), kind: 'decimal' },
          { name: 'hour', label: t('hour-rate'), kind: 'decimal' },
          { name: 'document', label: t('document'), kind: 'text', required: true },
        ]}
        input={({ day, hour, document }) => ({
          params: { id: c.id },
          body: { labourDayFen: fen(day), machineHourFen: fen(hour), document },
        })}
      />
    );
  if (!c.mayPost) return null;
  return (
    <AskButton<{ onDay: string }, Parameters<typeof post.mutate>[0]>
      label={t('post-given')}
      button={{ size: 'small' }}
      change={post as never}
      fields={[{ name: 'onDay', label: t('day'), kind: 'day', required: true, initial: today() }]}
      input={({ onDay }) => ({ params: { id: c.id }, body: { onDay } })}
    />
  );
}
