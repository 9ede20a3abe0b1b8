import { Link } from '@tanstack/react-router';
import { funds, type RankedRequest } from '../../../domain/projects/contract-funds.ts';
import { fundPurposes } from '../../../domain/projects/kinds-books.ts';
import {
  type CriterionName,
  criterionNames,
  criterionWords,
  type PriorityCriterion,
} from '../../../domain/projects/priority.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { yuan } from '../../ui/money.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { colon, semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Pay } from './Pay.tsx';
import { useProjectUnit } from './screen.ts';

/** The rule in words, the open requests in its order with the reason line by line, and what was decided. */
export function Order() {
  const t = useWords(projectWords);
  const say = useSay();
  const unitId = useProjectUnit();
  const read = useRead(funds.order, { query: { unitId } });
  const rank = useChange(funds.rank);
  return (
    <Shown of={read} rows={8}>
      {({ rule, items, mayRank }) => (
        <>
          <section className="panel stack">
            <h2>{t('rule')}</h2>
            {rule ? (
              <>
                <p className="quiet">
                  {t('rule-version', {
                    unit: rule.unitName,
                    n: rule.version,
                    from: rule.from,
                    document: rule.document ?? '—',
                  })}
                </p>
                <ol>
                  {rule.text.map((line, i) => (
                    <li key={line.zh}>
                      {i + 1}. {say(line)}
                    </li>
                  ))}
                </ol>
                <p className="small quiet">{t('rule-how')}</p>
              </>
            ) : (
              <Empty title={t('no-rule')} />
            )}
            <div className="row no-print">
              <PublishRule unitId={unitId} />
              <ReasonButton reason={mayRank} loading={rank.isPending} onClick={() => rank.mutate({ body: { unitId } })}>
                {t('rank-now')}
              </ReasonButton>
            </div>
          </section>
          <Table
            caption={t('order')}
            numbered={false}
            rows={items}
            rowKey={(r) => r.id}
            empty={
              <div className="panel">
                <Empty title={t('no-requests')} />
              </div>
            }
            columns={[
              {
                key: 'rank',
                title: t('rank'),
                width: 110,
                show: (r) => (
                  <span className="stack tight">
                    <span className="row">
                      {r.rank} {r.tied && <Mark tone="warn">{t('tied')}</Mark>}
                    </span>
                    {r.kept !== null && <span className="small quiet">{t('kept', { n: r.kept })}</span>}
                  </span>
                ),
              },
              { key: 'request', title: t('requests'), align: 'known-by', show: (r) => <Request of={r} /> },
              { key: 'asked', title: t('asked'), align: 'end', width: 130, show: (r) => yuan(r.amountFen) },
              { key: 'why', title: t('why'), show: (r) => <Why of={r} /> },
              { key: 'acts', title: t('approve'), align: 'acts', width: 100, show: (r) => <Approve of={r} /> },
            ]}
          />
          <Decided unitId={unitId} />
        </>
      )}
    </Shown>
  );
}

function Request(props: { of: RankedRequest }) {
  const say = useSay();
  const { of: r } = props;
  return (
    <span className="stack tight">
      <Link to="/cases/$id" params={{ id: r.id }}>
        {r.title}
      </Link>
      <span className="small quiet">
        {r.unitName} · {say(r.purposeWords)}
      </span>
      <span className="small">
        {r.values.map((v) => `${say(criterionWords[v.by])}${colon()}${say(v.words)}`).join(semicolon())}
      </span>
    </span>
  );
}

function Why(props: { of: RankedRequest }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { next } = props.of;
  if (!next) return <span className="quiet">{t('last-one')}</span>;
  return (
    <span className="stack tight small">
      <span>{t(next.tied ? 'tied-next' : 'before-next', { title: next.title })}</span>
      <span className="quiet">{say(next.words)}</span>
    </span>
  );
}

function Approve(props: { of: RankedRequest }) {
  const t = useWords(projectWords);
  const { of: r } = props;
  const approve = useChange(funds.approve);
  return (
    <AskButton<
      { amount: string; reason: string; document: string; departure?: string },
      Parameters<typeof approve.mutate>[0]
    >
      label={t('approve')}
      button={{ size: 'small' }}
      reason={r.mayApprove}
      change={approve as never}
      fields={[
        { name: 'amount', label: t('approved'), kind: 'decimal', required: true, initial: String(r.amountFen / 100) },
        { name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true },
        { name: 'document', label: t('document'), kind: 'text', required: true },
        { name: 'departure', label: t('departure'), kind: 'area', max: 500 },
      ]}
      input={({ amount, departure, ...rest }) => ({
        params: { id: r.id },
        body: { ...rest, approvedFen: Math.round(Number(amount) * 100), departure: departure || undefined },
      })}
    />
  );
}

function PublishRule(props: { unitId: number }) {
  const t = useWords(projectWords);
  const say = useSay();
  const can = useCan();
  const publish = useChange(funds.publishRule);
  if (!can('standards.write')) return null;
  return (
    <AskButton<Rule, Parameters<typeof publish.mutate>[0]>
      label={t('publish-rule')}
      change={publish as never}
      fields={[
        { name: 'title', label: t('rule-title'), kind: 'text', required: true },
        {
          name: 'criteria',
          label: t('criteria'),
          kind: 'many',
          required: true,
          options: criterionNames.map((value) => ({ value, label: say(criterionWords[value]) })),
        },
        {
          name: 'order',
          label: t('purpose-order'),
          kind: 'many',
          options: Object.entries(fundPurposes).map(([value, words]) => ({ value, label: say(words) })),
        },
        { name: 'from', label: t('target-from'), kind: 'number', min: 1, max: 5 },
        { name: 'document', label: t('document'), kind: 'text', required: true },
      ]}
      input={({ criteria, order, from, ...rest }) => ({
        body: { ...rest, unitId: props.unitId, criteria: criteria.map((by) => criterionOf(by, order, from)) },
      })}
    />
  );
}

interface Rule {
  readonly title: string;
  readonly document: string;
  readonly criteria: readonly CriterionName[];
  readonly order?: readonly string[];
  readonly from?: number;
}

/** A criterion with what belongs to it alone: the order of purposes, the level below which all targets are alike. */
function criterionOf(by: CriterionName, order: readonly string[] | undefined, from: number | undefined) {
  if (by === 'purpose') return { by, order: [...(order ?? [])] as PriorityCriterion['order'] };
  return by === 'target' && from ? { by, from } : { by };
}

function Decided(props: { unitId: number }) {
  const t = useWords(projectWords);
  const read = useRead(funds.decided, { query: { unitId: props.unitId, limit: 50 } });
  return (
    <section className="panel stack">
      <h2>{t('decided')}</h2>
      <Shown of={read}>
        {({ items }) => (
          <Table
            caption={t('decided')}
            numbered={false}
            rows={items}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'request',
                title: t('requests'),
                align: 'known-by',
                show: (r) => (
                  <span className="stack tight">
                    <Link to="/cases/$id" params={{ id: r.id }}>
                      {r.title}
                    </Link>
                    <span className="small quiet">{r.unitName}</span>
                  </span>
                ),
              },
              { key: 'asked', title: t('asked'), align: 'end', width: 130, show: (r) => yuan(r.amountFen) },
              { key: 'approved', title: t('approved'), align: 'end', width: 130, show: (r) => yuan(r.approvedFen) },
              {
                key: 'reason',
                title: t('reason'),
                show: (r) => (
                  <span className="stack tight small">
                    {r.outOfOrder && (
                      <span>
                        <Mark tone="warn">{t('out-of-order')}</Mark> {r.departure}
                      </span>
                    )}
                    <span>{[r.reason, r.document, r.by].filter(Boolean).join(' · ') || '—'}</span>
                  </span>
                ),
              },
              { key: 'acts', title: t('pay'), align: 'acts', width: 90, show: (r) => <Pay of={r} /> },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
