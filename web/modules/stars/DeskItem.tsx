import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import { useChange } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Mark, Missing } from '../../ui/Marks.tsx';
import { neat } from '../../ui/number.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { reviewWords } from '../../words/review.ts';
import { starWords } from '../../words/stars.ts';
import { uiWords } from '../../words/ui.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { Desk } from './DeskPage.tsx';
import type { ReviewStage } from './ReviewPage.tsx';
import { points } from './pieces.tsx';

type Item = Desk['items'][number];

interface Props {
  readonly desk: Desk;
  readonly item: Item;
  readonly stage: ReviewStage;
  readonly closed: boolean;
}

/** Both stages decide in the same way; only the endpoint differs. */
export function useDecide(desk: Desk, stage: ReviewStage, star: string) {
  const review = useChange(assessing.review);
  const verify = useChange(assessing.verify);
  const params = { unitId: desk.unit.unitId };
  type Body = {
    decisions?: { criterion: string; decision: 'accept' | 'return'; reason?: string }[];
    acceptRest?: boolean;
    finish?: boolean;
  };
  const run = (body: Body) =>
    stage === 'township-review'
      ? review.mutate({ params, body: { cycleId: desk.cycleId, ...body } })
      : verify.mutate({
          params,
          body: { cycleId: desk.cycleId, star, decisions: body.decisions, acceptRest: body.acceptRest },
        });
  const used = stage === 'township-review' ? review : verify;
  return { run, error: used.error, busy: used.isPending };
}

/** One criterion on the desk: value and source, what the branch said, its evidence, and accept or return. */
export function DeskItem(props: Props) {
  const t = useWords(reviewWords);
  const s = useWords(starWords);
  const say = useSay();
  const { item } = props;
  return (
    <article className="panel desk-item">
      <div className="panel-head">
        <h3>{say(item.text)}</h3>
        <span className="row">
          {item.changedSince && <Mark tone="info">{t('changed')}</Mark>}
          <span className="num">
            <strong>{points(item.points)}</strong> / {points(item.full)}
          </span>
        </span>
      </div>
      <p className="small quiet">{say(item.rule)}</p>
      <Facts
        of={[
          [s('value'), item.missing ? <Missing key="m" /> : neat(item.value ?? '', item.share)],
          [
            s('source'),
            `${item.source ?? s(`kind-${item.valueKind}`)}${item.asOf ? ` · ${s('as-of', { day: item.asOf })}` : ''}`,
          ],
          [t('self'), item.self ? `${item.self.value ?? ''} ${item.self.reason ?? ''} ${aside(item.self.by)}` : '—'],
          ...(item.review ? [[t('review'), <Decided key="r" of={item.review} />] as const] : []),
          ...(item.verify ? [[t('verify'), <Decided key="v" of={item.verify} />] as const] : []),
          [t('evidence'), <EvidenceOf key="e" item={item} />],
        ]}
      />
      {!props.closed && <Decide {...props} />}
    </article>
  );
}

function Decided(props: { of: NonNullable<Item['review']> }) {
  const t = useWords(reviewWords);
  const { of } = props;
  return (
    <Mark tone={of.decision === 'accept' ? 'good' : 'warn'} wrap>
      {of.decision === 'accept' ? t('accepted') : t('was-returned', { reason: of.reason ?? '' })}
      {/* Whoever reads from another unit may not see by whom. */}
      {of.by && ` · ${of.by}`}
    </Mark>
  );
}

function EvidenceOf(props: { item: Item }) {
  const t = useWords(reviewWords);
  const { item } = props;
  if (item.evidence.length === 0)
    return (
      <span className="quiet">
        {item.evidenceAsked ? t('evidence-asked', { reason: item.evidenceAsked }) : t('no-evidence')}
      </span>
    );
  return (
    <ul>
      {item.evidence.map((e) => (
        <li key={e.id}>
          <a href={`/api/evidence/${e.id}/file`} target="_blank" rel="noreferrer">
            {e.title}
          </a>
          {e.sameAs > 0 && (
            <Mark tone="warn" wrap>
              {t('same-picture', { n: e.sameAs })}
            </Mark>
          )}
        </li>
      ))}
    </ul>
  );
}

function Decide(props: Props) {
  const t = useWords(reviewWords);
  const u = useWords(uiWords);
  const say = useSay();
  const { item, desk, stage } = props;
  const [returning, setReturning] = useState(false);
  const [reason, setReason] = useState('');
  const { run, error, busy } = useDecide(desk, stage, item.star);
  const one = (decision: 'accept' | 'return') =>
    run({ decisions: [{ criterion: item.id, decision, ...(reason.trim() ? { reason: reason.trim() } : {}) }] });
  return (
    <div className="stack tight">
      {error && <Alert role="alert" type="error" title={error.message} />}
      {returning && (
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          aria-label={t('return-of', { text: say(item.text) })}
          placeholder={t('return-of', { text: say(item.text) })}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      )}
      <div className="row">
        <Button type="primary" ghost loading={busy} onClick={() => one('accept')}>
          {t('accept')}
        </Button>
        {returning ? (
          <>
            <ReasonButton
              danger
              reason={reason.trim() ? null : t('return-reason')}
              loading={busy}
              onClick={() => one('return')}
            >
              {t('return')}
            </ReasonButton>
            <Button type="text" onClick={() => setReturning(false)}>
              {u('cancel')}
            </Button>
          </>
        ) : (
          <Button danger onClick={() => setReturning(true)}>
            {t('return')}…
          </Button>
        )}
      </div>
    </div>
  );
}
