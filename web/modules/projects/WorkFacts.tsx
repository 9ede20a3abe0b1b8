import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { findWorkClass } from '../../../domain/projects/classes.ts';
import type { ProjectPage } from '../../../domain/projects/contract.ts';
import { projects } from '../../../domain/projects/contract.ts';
import { works } from '../../../domain/projects/contract-works.ts';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { type FieldsOfKind, kindChanges, kindFacts, kindFieldsOf } from '../../ui/kind-fields.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { yuan } from '../../ui/money.ts';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';

/** Facts of a project that are measured and completed on the way, and what its class asks for besides. */
const completed = ['place', 'households', 'landConsent', 'design', 'supervisedBy'];

function factsKind(data: ProjectPage['data']): FieldsOfKind {
  const kind = findWorkflow('project')!;
  const of = findWorkClass(data['class']);
  const into = of?.into ?? [];
  const names = [...completed, ...(of?.before ?? []), ...(of?.measures ?? []), ...(into.length > 0 ? ['placeId'] : [])];
  const only = Object.fromEntries(names.map((name) => [name, true as const]));
  return {
    data: (kind.data as z.ZodObject).pick(only as never),
    fields: Object.fromEntries(names.map((name) => [name, kind.fields![name]!])),
  };
}

/** What was measured and agreed, and a form to complete it: no step of its own, but steps wait for it. */
export function WorkFacts(props: { of: ProjectPage }) {
  const t = useWords(projectWords);
  const say = useSay();
  const change = useChange(works.change);
  const { item, data, mayWrite } = props.of;
  if (item.type !== 'project') return null;
  const kind = factsKind(data);
  const into = findWorkClass(data['class'])?.into ?? [];
  const shown = kindFacts(kind, data, say);
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('work-facts')}</h2>
        {mayWrite && (
          <AskButton<Record<string, unknown>, Parameters<typeof change.mutate>[0]>
            label={t('complete-facts')}
            button={{ size: 'small' }}
            change={change as never}
            fields={kindFieldsOf(kind, data, say).map((f) => (f.kind === 'subject' ? { ...f, subjectKinds: into } : f))}
            input={(typed) => ({
              params: { id: item.id },
              body: { version: item.version, data: kindChanges(kind, data, typed) },
            })}
          />
        )}
      </div>
      {shown.length > 0 ? <Facts of={shown} /> : <p className="quiet">{t('no-facts')}</p>}
    </section>
  );
}

/** Why cost and budget differ: demanded above the budget, welcome below it (M338). */
export function Difference(props: { of: ProjectPage }) {
  const t = useWords(projectWords);
  const explain = useChange(projects.explain);
  const { item, data, mayWrite, unexplained } = props.of;
  if (item.type !== 'project' || item.budgetFen === null || item.actualFen === null) return null;
  const less = item.budgetFen - item.actualFen;
  const said = typeof data['differenceReason'] === 'string' ? data['differenceReason'] : null;
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('difference')}</h2>
        {unexplained && <Mark tone="warn">{t('unexplained')}</Mark>}
        {mayWrite && (
          <AskButton<{ reason: string }, Parameters<typeof explain.mutate>[0]>
            label={t('explain')}
            button={{ size: 'small' }}
            change={explain as never}
            fields={[{ name: 'reason', label: t('difference'), kind: 'area', max: 1000, required: true }]}
            input={(body) => ({ params: { id: item.id }, body })}
          />
        )}
      </div>
      <p>{less >= 0 ? t('below-budget', { sum: yuan(less) }) : t('above-budget', { sum: yuan(-less) })}</p>
      <p className={said ? undefined : 'quiet'}>{said ?? t('not-explained')}</p>
      {unexplained && <p className="small">{t('explain-first')}</p>}
    </section>
  );
}

/** The entry that it became, and what has been done there since (M303, M306, M308). */
export function PlaceOfWork(props: { of: ProjectPage }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { place } = props.of;
  if (!place) return null;
  return (
    <section className="panel stack">
      <div className="row">
        <h2>
          {t('place-of-work')}
          <Link to="/subjects/$id" params={{ id: place.id }}>
            {place.name}
          </Link>
        </h2>
        <Mark tone={place.state === 'in-use' ? 'good' : 'info'}>{say(place.stateWords)}</Mark>
      </div>
      {place.links.length === 0 ? (
        <p className="quiet">{t('no-use')}</p>
      ) : (
        <Table
          caption={t('place-of-work')}
          numbered={false}
          rows={place.links}
          rowKey={(l) => `${l.record} ${l.id}`}
          columns={[
            { key: 'day', title: t('day'), width: 120, show: (l) => l.onDay ?? '—' },
            { key: 'kind', title: t('use-kind'), width: 180, show: (l) => say(l.kindWords) },
            { key: 'title', title: t('text'), align: 'known-by', show: (l) => l.title },
            { key: 'state', title: t('stage'), width: 130, show: (l) => <Mark>{say(l.stateWords)}</Mark> },
          ]}
        />
      )}
    </section>
  );
}

/** Changes of the design: why, with which effect on safety, and what each costs more or less (M307). */
export function Changes(props: { of: ProjectPage }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { changes } = props.of;
  if (changes.length === 0) return null;
  return (
    <section className="panel stack">
      <h2>{t('changes')}</h2>
      <Table
        caption={t('changes')}
        numbered={false}
        rows={changes}
        rowKey={(c) => c.id}
        columns={[
          {
            key: 'title',
            title: t('changes'),
            align: 'known-by',
            show: (c) => (
              <Link to="/cases/$id" params={{ id: c.id }}>
                {c.title}
              </Link>
            ),
          },
          {
            key: 'why',
            title: t('why-changed'),
            show: (c) => (
              <span className="stack tight">
                <span>{c.why}</span>
                {c.opinion && (
                  <Link to="/cases/$id" params={{ id: c.opinion.id }}>
                    {c.opinion.title}
                  </Link>
                )}
              </span>
            ),
          },
          { key: 'safety', title: t('safety'), show: (c) => c.safety || '—' },
          { key: 'cost', title: t('cost-change'), align: 'end', width: 140, show: (c) => yuan(c.costFen) },
          { key: 'state', title: t('stage'), width: 120, show: (c) => <Mark>{say(c.stateWords)}</Mark> },
        ]}
      />
    </section>
  );
}
