import { Link } from '@tanstack/react-router';
import type { ProjectPage } from '../../../domain/projects/contract.ts';
import { works } from '../../../domain/projects/contract-works.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { projectWords } from '../../words/projects.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

type Vote = ProjectPage['votes'][number];

/** What residents were asked, how many took part, and the option that stands in the project for good (M336). */
export function Votes(props: { of: ProjectPage }) {
  const t = useWords(projectWords);
  const { votes, data } = props.of;
  const chosen = typeof data['approvedOption'] === 'string' ? data['approvedOption'] : null;
  if (votes.length === 0 && chosen === null) return null;
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('votes')}</h2>
        {chosen !== null && (
          <Mark tone="good" wrap>
            {t('locked-option', { option: chosen })}
          </Mark>
        )}
      </div>
      {votes.map((v) => (
        <OneVote key={v.id} of={v} />
      ))}
    </section>
  );
}

function OneVote(props: { of: Vote }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: v } = props;
  return (
    <div className="stack tight">
      <div className="row">
        <Link to="/cases/$id" params={{ id: v.id }}>
          {v.question}
        </Link>
        <Mark>{say(v.stateWords)}</Mark>
        {v.mayCount && <Count of={v} />}
      </div>
      <p className="small quiet">
        {v.cast === null
          ? t('vote-open', { eligible: v.eligible, quorum: v.quorum })
          : t('vote-cast', { eligible: v.eligible, quorum: v.quorum, cast: v.cast })}
      </p>
      <ul>
        {v.options.map((o) => (
          <li key={o.text}>
            {o.text}
            {colon()}
            {o.votes === null ? '—' : t('n-votes', { n: o.votes })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Count(props: { of: Vote }) {
  const t = useWords(projectWords);
  const count = useChange(works.count);
  const { of: v } = props;
  return (
    <AskButton<Record<string, unknown> & { cast: number; reason: string }, Parameters<typeof count.mutate>[0]>
      label={t('count-votes')}
      button={{ size: 'small' }}
      change={count as never}
      fields={[
        { name: 'cast', label: t('cast'), kind: 'number', min: 0, max: v.eligible, required: true },
        ...v.options.map((o, i) => ({
          name: `option${i}`,
          label: o.text,
          kind: 'number' as const,
          min: 0,
          required: true,
        })),
        { name: 'reason', label: t('reason'), kind: 'area' as const, max: 500, required: true },
      ]}
      input={(typed) => ({
        params: { id: v.id },
        body: {
          cast: typed.cast,
          votes: v.options.map((_, i) => Number(typed[`option${i}`] ?? 0)),
          reason: typed.reason,
        },
      })}
    />
  );
}
