import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { findAgreementKind } from '../../../domain/records/agreements/all.ts';
import { type AgreementKind, agreements } from '../../../domain/records/agreements/index.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { kindFacts } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { today } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { useTagWords } from '../../ui/tags.ts';
import { agreementWords } from '../../words/agreements.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { EvidenceList } from '../cases/EvidenceList.tsx';
import { RecordTimeline } from '../journal/RecordTimeline.tsx';
import type { AgreementView } from './AgreementForms.tsx';
import { AgreementState } from './AgreementState.tsx';
import { AgreementSteps } from './AgreementSteps.tsx';
import { Parties } from './Parties.tsx';
import { Postings } from './Postings.tsx';

export function AgreementPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(agreements.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(agreement) => <AgreementShown key={agreement.id} agreement={agreement} />}
      </Shown>
    </section>
  );
}

function AgreementShown(props: { agreement: AgreementView }) {
  const say = useSay();
  const { agreement: a } = props;
  const kind = useItems(findAgreementKind(a.kind)!, 'page');
  return (
    <>
      <PageHead
        title={a.title}
        crumbs={[
          { key: 'kind', node: say(a.kindWords) },
          {
            key: 'unit',
            node: (
              <Link to="/units/$unitId" params={{ unitId: String(a.unitId) }}>
                {a.unitName}
              </Link>
            ),
          },
        ]}
        mark={<AgreementState agreement={a} />}
        tools={<PrintButton />}
      />
      <Expiry agreement={a} />
      <AgreementSteps agreement={a} kind={kind} />
      <Entry agreement={a} />
      <Parties agreement={a} />
      <Terms agreement={a} kind={kind} />
      <Postings agreement={a} kind={kind} />
      <div className="columns">
        <RecordTimeline kind="agreement" id={a.id} />
        <EvidenceList kind="agreement" id={a.id} closed={a.state === 'dropped'} />
      </div>
    </>
  );
}

/** Said at the top of the page as long as it can still be acted on. */
function Expiry(props: { agreement: AgreementView }) {
  const t = useWords(agreementWords);
  const { toDay, expiring } = props.agreement;
  if (!expiring || toDay === null) return null;
  const left = Math.round((Date.parse(toDay) - Date.parse(today())) / 86_400_000);
  return (
    <Alert
      role="status"
      type="warning"
      showIcon
      title={left < 0 ? t('expired-warning', { day: toDay }) : t('expiring-warning', { day: toDay, n: left })}
    />
  );
}

function Entry(props: { agreement: AgreementView }) {
  const t = useWords(agreementWords);
  const tagWords = useTagWords();
  const { agreement: a } = props;
  const other = (id: string) => (
    <Link to="/agreements/$id" params={{ id }}>
      {t('open')}
    </Link>
  );
  return (
    <section className="panel">
      <h2>{t('facts')}</h2>
      <Facts
        of={[
          [t('number'), a.number ?? '—'],
          [t('term'), `${a.fromDay} – ${a.toDay ?? t('no-end')}`],
          [t('in-force-on'), a.inForceOn ?? '—'],
          ...(a.document ? [[t('document'), a.document] as const] : []),
          ...(a.endedOn ? [[t('ended-on'), a.endedOn] as const] : []),
          ...(a.endedReason ? [[t('ended-reason'), a.endedReason] as const] : []),
          ...(a.renews ? [[t('renews'), other(a.renews)] as const] : []),
          ...(a.renewedBy ? [[t('renewed-by'), other(a.renewedBy)] as const] : []),
          ...(a.tags.length > 0 ? [[t('tags'), tagWords(a.tags).join(comma())] as const] : []),
        ]}
      />
    </section>
  );
}

function Terms(props: { agreement: AgreementView; kind: AgreementKind }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { kind } = props;
  const facts = kindFacts({ data: kind.terms, fields: kind.fields }, props.agreement.terms, say);
  return (
    <section className="panel">
      <h2>{t('terms')}</h2>
      {facts.length > 0 && <Facts of={facts} />}
      {kind.coolingOffDays && <p className="small quiet">{t('cooling-off', { n: kind.coolingOffDays })}</p>}
    </section>
  );
}
