import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { type CaseView, cases } from '../../../domain/records/cases/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { kindFacts } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useTagWords } from '../../ui/tags.ts';
import { Shown } from '../../ui/States.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { caseWords } from '../../words/cases.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { CaseSteps } from './CaseSteps.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { livesOnItsPage, pageOf, type Place } from './page-of.ts';

export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(cases.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read}>{(c) => <CaseShown item={c} />}</Shown>
    </section>
  );
}

function CaseShown(props: { item: CaseView }) {
  const t = useWords(caseWords);
  const say = useSay();
  const moment = useMoment();
  const tagWords = useTagWords();
  const { item: c } = props;
  const own = pageOf(c);
  return (
    <>
      <PageHead
        title={c.title}
        crumbs={[
          { key: 'type', node: say(c.typeWords) },
          {
            key: 'unit',
            node: (
              <Link to="/units/$unitId" params={{ unitId: String(c.unitId) }}>
                {c.unitName}
              </Link>
            ),
          },
        ]}
        mark={
          <>
            <Mark tone={c.closedAt ? 'plain' : 'info'}>{say(c.stateWords)}</Mark>
            <Light of={c.light} />
            {c.supervised && <Mark tone="warn">{t('supervised')}</Mark>}
            {c.escalated && <Mark tone="bad">{t('escalated-to', { unit: c.escalated.unitName })}</Mark>}
          </>
        }
        tools={own && <WayToPage item={c} to={own} />}
      />
      <CaseSteps item={c} />
      <div className="panel">
        <Facts
          of={[
            [t('owner'), c.ownerName ?? c.ownerUnitName ?? '—'],
            [t('raised'), c.raisedByName ?? '—'],
            [t('opened'), moment(c.openedAt)],
            [t('deadline'), c.dueOn ?? '—'],
            ...(c.subject ? [[t('about'), `${c.subject.name}${aside(say(c.subject.words))}`] as const] : []),
            ...(c.tags.length > 0 ? [[t('tags'), tagWords(c.tags).join(comma())] as const] : []),
          ]}
        />
      </div>
      {!livesOnItsPage(c) && <Content type={c.type} data={c.data} />}
      <div className="columns">
        <CaseTimeline id={c.id} />
        <EvidenceList kind="case" id={c.id} closed={c.closedAt !== null} />
      </div>
    </>
  );
}

/** The way to the page of the work: a button where nothing can be done here, a link beside the steps elsewhere. */
function WayToPage(props: { item: CaseView; to: Place }) {
  const t = useWords(caseWords);
  const navigate = useNavigate();
  const { item: c, to: own } = props;
  if (!livesOnItsPage(c))
    return (
      <Link to={own.to as '/'} search={own.search as never}>
        {t('go-page')} →
      </Link>
    );
  return (
    <Button type="primary" onClick={() => void navigate({ to: own.to as '/', search: own.search as never })}>
      {t(c.type === 'inquiry-answer' && c.state === 'asked' ? 'go-answer' : 'go-page')}
    </Button>
  );
}

/** The kind's own fields in the words of the kind; structured ones are shown on the page of their module. */
function Content(props: { type: string; data: Record<string, unknown> }) {
  const t = useWords(caseWords);
  const say = useSay();
  const kind = useItems(findWorkflow(props.type) ?? {}, 'page');
  const facts = kindFacts(kind, props.data, say);
  if (facts.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('fields')}</h2>
      <Facts of={facts} />
    </section>
  );
}

function CaseTimeline(props: { id: string }) {
  const t = useWords(caseWords);
  const say = useSay();
  const read = useRead(cases.timeline, { params: { id: props.id }, query: { limit: 200 } });
  return (
    <section className="panel">
      <h2>{t('timeline')}</h2>
      <Shown of={read}>
        {({ items }) => (
          <Timeline
            empty={t('no-timeline')}
            of={[...items].reverse().map((e) => ({
              key: e.id,
              at: e.at,
              who: e.by,
              what: (
                <>
                  {say(e.words)} <span className="quiet">→ {say(e.toWords)}</span>
                </>
              ),
              why: [e.reason, e.document].filter(Boolean).join(' · ') || null,
            }))}
          />
        )}
      </Shown>
    </section>
  );
}
