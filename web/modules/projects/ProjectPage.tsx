import { Link, useParams } from '@tanstack/react-router';
import type { Evidence } from '../../../domain/records/evidence/contract.ts';
import { evidences } from '../../../domain/records/evidence/contract.ts';
import type { CaseItem } from '../../../domain/records/cases/contract.ts';
import { type ProjectPage as Page, projects } from '../../../domain/projects/contract.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts, Figures } from '../../ui/Facts.tsx';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { dayOf } from '../../ui/moments.ts';
import { yuan } from '../../ui/money.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { projectWords } from '../../words/projects.ts';
import { colon, semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { EvidenceList } from '../cases/EvidenceList.tsx';
import { Contributions } from './Contributions.tsx';
import { MoneyLines } from './MoneyLines.tsx';
import { Disclose, Told } from './Programmes.tsx';
import { shareText } from './ProjectList.tsx';
import { Votes } from './Votes.tsx';
import { Changes, Difference, PlaceOfWork, WorkFacts } from './WorkFacts.tsx';

export function ProjectPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(projects.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(page) => <ProjectShown of={page} />}
      </Shown>
    </section>
  );
}

function ProjectShown(props: { of: Page }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: page } = props;
  const p = page.item;
  const given = [
    p.labourMinutes !== null && `${t('labour')} ${t('hours', { n: p.labourMinutes / 60 })}`,
    p.machineMinutes !== null && `${t('machines')} ${t('hours', { n: p.machineMinutes / 60 })}`,
  ].filter(Boolean);
  return (
    <>
      <PageHead
        title={p.title}
        crumbs={[
          { key: 'all', node: <Link to="/projects">{t('title')}</Link> },
          { key: 'unit', node: p.unitName },
        ]}
        mark={
          <>
            <Mark tone={p.closedAt ? 'plain' : 'info'}>{say(p.stateWords)}</Mark>
            <Light of={p.light} />
            {p.key && <Mark>{t('key')}</Mark>}
          </>
        }
        tools={
          <>
            {page.mayDisclose && !p.closedAt && <Disclose id={p.id} result={p.state === 'handed-over'} />}
            <Link to="/cases/$id" params={{ id: p.id }}>
              {t('steps')} →
            </Link>
            <PrintButton />
          </>
        }
      />
      <div className="panel">
        <Figures
          of={[
            { name: t('budget'), value: yuan(p.budgetFen) },
            { name: t('received'), value: yuan(p.receivedFen) },
            { name: t('actual'), value: yuan(p.actualFen) },
            { name: t('share'), value: shareText(p.spentShare) },
            { name: t('given'), value: yuan(p.contributedFen), note: given.join(semicolon()) },
          ]}
        />
      </div>
      <Who of={page} />
      <Votes of={page} />
      <WorkFacts of={page} />
      <Difference of={page} />
      <div className="columns">
        <MoneyLines id={p.id} title={t('sources')} lines={page.sources} />
        <MoneyLines id={p.id} title={t('uses')} lines={page.uses} />
      </div>
      <h2>{t('pictures')}</h2>
      <div className="columns">
        <Pictures of={page} side="before" />
        <Pictures of={page} side="after" />
      </div>
      <Cases title={t('parts')} items={page.parts} />
      <Contributions items={page.contributions} />
      <Cases title={t('requests')} items={page.requests} />
      <Changes of={page} />
      <PlaceOfWork of={page} />
    </>
  );
}

/** Who answers for it, how it was accepted, what was told about it. */
function Who(props: { of: Page }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { item: p, acceptance, publications } = props.of;
  const told = publications.length > 0 ? <Told of={publications} /> : t('not-disclosed');
  return (
    <div className="panel">
      <Facts
        of={[
          [t('owner'), p.ownerName ?? p.ownerUnitName ?? '—'],
          [t('use'), p.useWords ? say(p.useWords) : '—'],
          [t('class'), p.classWords ? say(p.classWords) : '—'],
          [t('programme'), p.programme?.title ?? '—'],
          [
            t('acceptance'),
            acceptance
              ? [dayOf(acceptance.at), acceptance.by, acceptance.reason, acceptance.document]
                  .filter(Boolean)
                  .join(' · ')
              : t('not-accepted'),
          ],
          [t('disclosure'), told],
        ]}
      />
    </div>
  );
}

function Pictures(props: { of: Page; side: 'before' | 'after' }) {
  const t = useWords(projectWords);
  const pieces = props.of[props.side].filter((e) => e.picture);
  return (
    <section className="stack">
      <figure className="panel">
        <figcaption>
          <strong>{t(props.side)}</strong>
        </figcaption>
        {pieces.length === 0 ? (
          <Empty title={t('no-picture')} />
        ) : (
          pieces.map((e) => <Picture key={e.id} piece={e} side={t(props.side)} />)
        )}
      </figure>
      <EvidenceList kind="case" id={props.of.item.id} item={props.side} closed={!props.of.mayWrite} />
    </section>
  );
}

function Picture(props: { piece: Evidence; side: string }) {
  const t = useWords(projectWords);
  const { piece: e } = props;
  return (
    <>
      <img
        src={addressOf(evidences.file, { params: { id: e.id } })}
        alt={`${props.side}${colon()}${e.title}`}
        style={{ width: '100%', maxHeight: 360, objectFit: 'contain' }}
        loading="lazy"
      />
      <p className="small quiet">
        {e.title} · {t('taken-on', { day: e.takenOn ?? dayOf(e.addedAt) })}
      </p>
    </>
  );
}

function Cases(props: { title: string; items: readonly CaseItem[] }) {
  const say = useSay();
  if (props.items.length === 0) return null;
  return (
    <section className="panel stack">
      <h2>{props.title}</h2>
      <ul>
        {props.items.map((c) => (
          <li key={c.id}>
            <Link to="/cases/$id" params={{ id: c.id }}>
              {c.title}
            </Link>{' '}
            <Mark>{say(c.stateWords)}</Mark>
          </li>
        ))}
      </ul>
    </section>
  );
}
