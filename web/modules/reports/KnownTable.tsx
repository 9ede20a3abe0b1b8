import { type AnswerView, inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { Mark, Missing } from '../../ui/Marks.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { aside, colon } from '../../words/punctuation.ts';
import { inquiryWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useCellWithUnit } from './cell-text.ts';
import { OpenFigure } from './OpenFigure.tsx';

type Known = AnswerView['columns'][number];

/** What the platform holds, for the village to look at: each value with its day and source, and the way to dispute it. */
export function KnownTable(props: { view: AnswerView }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const text = useCellWithUnit();
  const { view } = props;
  const columns: Column<Known>[] = [
    { key: 'name', title: t('figures'), align: 'known-by', show: (c) => say(c.words) },
    {
      key: 'value',
      title: t('known-mark'),
      align: 'end',
      width: 140,
      show: (c) => (c.cell.value === null ? <Missing /> : text(c, c.cell.value)),
    },
    { key: 'as-of', title: t('as-of'), width: 120, show: (c) => c.cell.asOf ?? '—' },
    {
      key: 'source',
      title: t('source'),
      show: (c) =>
        c.cell.value === null && !c.typed ? <span className="quiet">{t('not-counted')}</span> : (c.cell.source ?? '—'),
    },
    { key: 'said', title: t('checked'), least: 150, show: (c) => <Said cell={c.cell} /> },
    { key: 'acts', title: t('acts'), align: 'acts', width: 260, show: (c) => <Acts view={view} of={c} /> },
  ];
  return (
    <>
      {view.mayDispute && <p className="quiet">{t(view.state === 'asked' ? 'dispute-lead' : 'dispute-later')}</p>}
      <Table caption={t('known-mark')} rows={view.columns} rowKey={(c) => c.name} columns={columns} />
    </>
  );
}

/** What the village says of a value: in dispute with the reason, or looked at and let stand. */
function Said(props: { cell: Pick<Known['cell'], 'confirmed' | 'dispute'> }) {
  const t = useWords(inquiryWords);
  const { confirmed, dispute } = props.cell;
  if (dispute)
    return (
      <>
        <Mark tone="warn">{t('disputed')}</Mark>{' '}
        <span className="small">
          {dispute.right !== null && `${t('should-be', { value: dispute.right })} · `}
          {t('reason')}
          {colon()}
          {dispute.reason}
        </span>
      </>
    );
  return confirmed ? <Mark tone="good">{t('confirmed')}</Mark> : null;
}

function Acts(props: { view: AnswerView; of: Known }) {
  const t = useWords(inquiryWords);
  const { view, of: column } = props;
  const { cell } = column;
  const takeBack = useChange(inquiries.takeBack);
  if (cell.value === null) return null;
  const params = { id: view.id, column: column.name };
  return (
    <span className="row">
      {column.figure && (
        <OpenFigure unitId={view.unitId} figureKey={column.name} period={view.period}>
          {t('see-records')}
        </OpenFigure>
      )}
      {view.mayDispute && cell.from !== 'given' && !cell.dispute && <DisputeIt view={view} of={column} />}
      {view.mayDispute && cell.dispute && (
        <AskButton<object, Parameters<typeof takeBack.mutate>[0]>
          label={t('take-back')}
          button={{ size: 'small' }}
          change={takeBack as never}
          fields={[]}
          input={() => ({ params })}
        />
      )}
    </span>
  );
}

function DisputeIt(props: { view: AnswerView; of: Known }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const dispute = useChange(inquiries.dispute);
  const { view, of: column } = props;
  const unit = column.unit ? aside(say(column.unit)) : '';
  const right: Field = { name: 'right', label: t('right') + unit, kind: 'text', hint: t('right-hint'), max: 500 };
  return (
    <AskButton<{ reason: string; right?: string }, Parameters<typeof dispute.mutate>[0]>
      label={t('dispute')}
      title={`${t('dispute')}${colon()}${say(column.words)} ${column.cell.value}`}
      lead={<p className="quiet">{t(column.entered ? 'dispute-entered' : 'dispute-counted')}</p>}
      button={{ size: 'small' }}
      change={dispute as never}
      fields={[
        ...(column.entered ? [right] : []),
        { name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 },
      ]}
      input={(typed) => ({
        params: { id: view.id, column: column.name },
        body: { reason: typed.reason, right: typed.right?.trim() ? typed.right : null },
      })}
    />
  );
}
