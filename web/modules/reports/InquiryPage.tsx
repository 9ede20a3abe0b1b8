import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { disputeWords, inquiryReason } from '../../../domain/reports/burden.ts';
import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark, Missing } from '../../ui/Marks.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { colon, comma, semicolon } from '../../words/punctuation.ts';
import { inquiryWords, reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useCellText } from './cell-text.ts';
import { percent } from './InquiryList.tsx';

type View = z.output<typeof inquiries.get.reply>;
type Row = View['rows'][number];

export function InquiryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(inquiries.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(view) => <InquiryShown view={view} />}
      </Shown>
    </section>
  );
}

function InquiryShown(props: { view: View }) {
  const t = useWords(inquiryWords);
  const r = useWords(reportWords);
  const say = useSay();
  const { view } = props;
  return (
    <>
      <PageHead
        title={view.title}
        crumbs={[
          {
            key: 'list',
            node: (
              <Link to="/reports" search={{ tab: 'inquiries' } as never}>
                {r('inquiries')}
              </Link>
            ),
          },
          { key: 'unit', node: view.unitName },
        ]}
        mark={<Mark tone={view.state === 'sent' ? 'info' : 'plain'}>{say(view.stateWords)}</Mark>}
        tools={
          <>
            <Acts view={view} />
            {view.rows.length > 0 && (
              <Button href={addressOf(inquiries.export, { params: { id: view.id } })} download>
                {t('export')}
              </Button>
            )}
            <PrintButton />
          </>
        }
      />
      <div className="panel">
        <Facts
          of={[
            [t('basis'), view.basis],
            [t('purpose'), view.purpose],
            [t('period'), view.period],
            [t('due'), view.due],
            [t('units'), view.only.length === 0 ? t('units-all') : view.only.map((u) => u.unitName).join(comma())],
            ...(view.state === 'drafted'
              ? [[t('asked-for'), view.columnList.map((c) => say(c.words)).join(comma())] as const]
              : [[t('known'), percent(view.share)] as const]),
            ...(view.disputed > 0
              ? [
                  [
                    t('disputed'),
                    <Mark key="disputed" tone="warn">
                      {t('disputed-n', { n: view.disputed })}
                    </Mark>,
                  ] as const,
                ]
              : []),
            ...(['drafted', 'cancelled'].includes(view.state)
              ? []
              : [[t('state'), t('answered-n', { n: view.answered, of: view.units })] as const]),
          ]}
        />
      </div>
      {view.state !== 'drafted' && <TheTable view={view} />}
      {view.disputed > 0 && <Disputes view={view} />}
    </>
  );
}

function Acts(props: { view: View }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const { view } = props;
  const navigate = useNavigate();
  const params = { id: view.id };
  const send = useChange(inquiries.send);
  const close = useChange(inquiries.close);
  const cancel = useChange(inquiries.cancel);
  if (!view.mayManage || !['drafted', 'sent'].includes(view.state)) return null;
  const silent = view.units - view.answered;
  const reason = { name: 'reason', label: t('reason'), kind: 'area' as const, max: 500 };
  return (
    <>
      {view.state === 'drafted' && (
        <Button onClick={() => void navigate({ to: '/reports/compose', search: { draft: view.id } })}>
          {t('change-draft')}
        </Button>
      )}
      {view.state === 'drafted' && (
        <AskButton<object, Parameters<typeof send.mutate>[0]>
          label={t('send')}
          button={{ type: 'primary' }}
          lead={view.burden && <SendLead burden={view.burden} />}
          change={send as never}
          fields={[]}
          input={() => ({ params })}
        />
      )}
      {view.state === 'sent' && (
        <AskButton<{ reason?: string }, Parameters<typeof close.mutate>[0]>
          label={t('close-it')}
          button={{ type: 'primary' }}
          change={close as never}
          lead={silent > 0 && say(inquiryReason('inquiry-unanswered', { count: silent }).words)}
          fields={[{ ...reason, required: silent > 0 }]}
          input={(body) => ({ params, body })}
        />
      )}
      <AskButton<{ reason: string }, Parameters<typeof cancel.mutate>[0]>
        label={t('cancel')}
        change={cancel as never}
        fields={[{ ...reason, required: true }]}
        input={(body) => ({ params, body })}
      />
    </>
  );
}

/** What sending sets off: how many are asked, and what it takes each of them. */
function SendLead(props: { burden: NonNullable<View['burden']> }) {
  const t = useWords(inquiryWords);
  const { asked, units, minutes: total, minutesPerUnit } = props.burden;
  return (
    <div>
      <p>{t(asked === units ? 'send-all' : 'send-some', { n: asked, of: units })}</p>
      {asked > 0 && <p>{t('minutes-each', { ...minutesPerUnit, total })}</p>}
    </div>
  );
}

/** Every village a row, every figure a column: what it says, and whether the platform knew it or the village gave it. */
function TheTable(props: { view: View }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const text = useCellText();
  const { view } = props;
  const columns: Column<Row>[] = [
    {
      key: 'unit',
      title: t('village'),
      width: 150,
      show: (row) =>
        row.answerId ? (
          <Link to="/reports/answers/$id" params={{ id: row.answerId }}>
            {row.unitName}
          </Link>
        ) : (
          row.unitName
        ),
    },
    ...view.columnList.map((c): Column<Row> => ({
      key: c.name,
      title: say(c.words),
      align: c.kind === 'text' ? 'mid' : 'end',
      show: (row) => {
        const cell = row.cells[c.name];
        if (!cell || cell.value === null) return <Missing />;
        return (
          <>
            <span title={`${cell.asOf ?? ''} ${t(cell.from === 'given' ? 'given' : 'known-mark')}`}>
              {text(c, cell.value)}
            </span>
            {cell.dispute && (
              <>
                {' '}
                <Mark tone="warn">{t('disputed')}</Mark>
              </>
            )}
          </>
        );
      },
    })),
    {
      key: 'state',
      title: t('state'),
      width: 150,
      show: (row) => (
        <>
          {say(row.stateWords)}
          {Object.values(row.cells).some((c) => c.confirmed) && (
            <div className="small quiet">{t('known-confirmed')}</div>
          )}
        </>
      ),
    },
  ];
  const sums = view.columnList.filter((c) => view.totals[c.name]);
  return (
    <>
      <Table caption={view.title} columns={columns} rows={view.rows} rowKey={(row) => row.unitId} cards={false} />
      {sums.length > 0 && (
        <p className="panel">
          <strong>{t('total')}</strong>　{sums.map((c) => `${say(c.words)} ${view.totals[c.name]}`).join('　')}
        </p>
      )}
    </>
  );
}

/** Each dispute in words, village by village, with the way to the answer that it stands in. */
function Disputes(props: { view: View }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const { view } = props;
  const of = (row: Row) =>
    view.columnList.flatMap((c) => {
      const dispute = row.cells[c.name]?.dispute;
      return dispute ? [say(disputeWords(c.words, dispute))] : [];
    });
  return (
    <section className="panel stack tight">
      <h2>{t('disputes')}</h2>
      <p className="quiet">{t('disputes-lead')}</p>
      <ul>
        {view.rows
          .filter((row) => of(row).length > 0)
          .map((row) => (
            <li key={row.unitId}>
              <Link to="/reports/answers/$id" params={{ id: row.answerId! }}>
                {row.unitName}
              </Link>
              {colon()}
              {of(row).join(semicolon())}
            </li>
          ))}
      </ul>
    </section>
  );
}
