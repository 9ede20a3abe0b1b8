import { Link } from '@tanstack/react-router';
import { type ProgrammeItem, works } from '../../../domain/projects/contract-works.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { dayOf } from '../../ui/moments.ts';
import { yuan } from '../../ui/money.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { projectWords } from '../../words/projects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useProjectUnit } from './screen.ts';

/** Programmes of works with scope, budget, actual, supervisors and what everybody was told about them (M298). */
export function Programmes() {
  const t = useWords(projectWords);
  const read = useRead(works.programmes, { query: { under: useProjectUnit(), limit: 100 } });
  return (
    <Shown of={read} rows={8}>
      {({ items }) =>
        items.length === 0 ? (
          <div className="panel">
            <Empty title={t('no-programmes')} />
          </div>
        ) : (
          <>
            {items.map((p) => (
              <Programme key={p.id} of={p} />
            ))}
          </>
        )
      }
    </Shown>
  );
}

function Programme(props: { of: ProgrammeItem }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: p } = props;
  const told = p.publications.length === 0 ? t('not-disclosed') : <Told of={p.publications} />;
  const open = (text: string) => (
    <Link to="." search={(was: object) => ({ ...was, view: 'list', programme: p.id, offset: undefined }) as never}>
      {text}
    </Link>
  );
  return (
    <section className="panel stack">
      <div className="row">
        <h2>
          <Link to="/cases/$id" params={{ id: p.id }}>
            {p.title}
          </Link>
        </h2>
        <Mark tone={p.closedAt ? 'plain' : 'info'}>{say(p.stateWords)}</Mark>
        {p.keyWorks && <Mark>{t('key')}</Mark>}
        {p.mayDisclose && <Disclose id={p.id} />}
      </div>
      <Facts
        of={[
          [t('unit'), p.unitName],
          [t('system'), p.systemWords ? say(p.systemWords) : '—'],
          [t('scope'), p.scope ?? '—'],
          [t('supervised-by'), p.supervisedBy ?? '—'],
          [t('programme-budget'), yuan(p.budgetFen)],
          [t('works'), open(t('works-done', { n: p.works, done: p.done }))],
          [t('works-budget'), open(yuan(p.worksBudgetFen))],
          [t('actual'), open(yuan(p.actualFen))],
          [t('given'), open(yuan(p.contributedFen))],
          [t('disclosure'), told],
        ]}
      />
      {p.withoutBook > 0 && <p className="small quiet">{t('without-book', { n: p.withoutBook })}</p>}
    </section>
  );
}

export function Told(props: { of: readonly { id: string; title: string; publishedAt: string }[] }) {
  return (
    <span className="stack tight">
      {props.of.map((p) => (
        <span key={p.id}>
          {p.title}
          {aside(dayOf(p.publishedAt))}
        </span>
      ))}
    </span>
  );
}

/** Tells everybody where it stands; the figures come from the books, and only a remark is typed. */
export function Disclose(props: { id: string; result?: boolean }) {
  const t = useWords(projectWords);
  const disclose = useChange(works.disclose);
  return (
    <AskButton<{ note?: string }, Parameters<typeof disclose.mutate>[0]>
      label={t(props.result ? 'disclose-result' : 'disclose')}
      lead={<p className="small quiet">{t('disclose-how')}</p>}
      button={props.result ? { type: 'primary' } : { size: 'small' }}
      change={disclose as never}
      fields={[{ name: 'note', label: t('note'), kind: 'area', max: 1000 }]}
      input={({ note }) => ({ params: { id: props.id }, body: { note: note || undefined } })}
    />
  );
}
