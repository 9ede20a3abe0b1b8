import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { periodWords } from '../../../domain/records/facts/period-words.ts';
import { type KeptReport, reports } from '../../../domain/reports/contract.ts';
import { canRenew, canSignFor } from '../../../domain/reports/rules.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import { FigureDrawer } from './FigureDrawer.tsx';
import { ReportEditor } from './ReportEditor.tsx';
import { ReportText } from './ReportText.tsx';

export function ReportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(reports.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={12}>
        {(report) => <ReportShown report={report} />}
      </Shown>
    </section>
  );
}

function ReportShown(props: { report: KeptReport }) {
  const t = useWords(reportWords);
  const say = useSay();
  const moment = useMoment();
  const [open, setOpen] = useState<number | null>(null);
  const [editing, setEditing] = useState(false);
  const { report } = props;
  const { filled } = report;
  return (
    <>
      <PageHead
        title={report.title}
        crumbs={[
          { key: 'reports', node: <Link to="/reports">{t('reports')}</Link> },
          { key: 'unit', node: report.unitName },
          { key: 'period', node: say(periodWords(report.period)) },
        ]}
        mark={
          <>
            <Mark tone={report.signedAt ? 'good' : 'info'}>{report.signedAt ? t('signed') : t('draft')}</Mark>
            <Mark tone={filled.blanks > 0 ? 'warn' : 'plain'}>
              {filled.blanks > 0 ? t('blanks', { n: filled.blanks }) : t('no-blanks')}
            </Mark>
            <span className="quiet">{t('version', { n: report.version })}</span>
          </>
        }
        tools={editing ? null : <Tools report={report} onEdit={() => setEditing(true)} />}
      />
      {report.replacedBy && (
        <Alert
          type="info"
          title={
            <Link to="/reports/$id" params={{ id: report.replacedBy }}>
              {t('replaced')} →
            </Link>
          }
        />
      )}
      {editing ? (
        <ReportEditor report={report} onDone={() => setEditing(false)} />
      ) : (
        <article className="panel document" lang="zh-CN">
          <ReportText filled={filled} onFigure={setOpen} />
          {report.signedAt && (
            <footer className="quiet small">
              {t('signed-by', { by: report.signedBy ?? '', at: moment(report.signedAt) })} · {t('code')} {report.code}
            </footer>
          )}
        </article>
      )}
      <FigureDrawer
        unitId={filled.unitId}
        figure={open === null ? null : filled.figures[open]!}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

function Tools(props: { report: KeptReport; onEdit: () => void }) {
  const t = useWords(reportWords);
  const can = useCan();
  const me = useMe();
  const { report } = props;
  const params = { id: report.id };
  const sign = useChange(reports.sign);
  const renew = useChange(reports.renew);
  const writer = can('reports.write', report.unitPath) ? null : t('not-writer');
  return (
    <>
      {report.signedAt ? (
        <ReasonButton
          reason={writer ?? canRenew(report)}
          loading={renew.isPending}
          onClick={() => renew.mutate({ params })}
        >
          {t('renew')}
        </ReasonButton>
      ) : (
        <>
          <ReasonButton reason={writer} onClick={props.onEdit}>
            {t('edit')}
          </ReasonButton>
          <AskButton<object, Parameters<typeof sign.mutate>[0]>
            label={t('sign')}
            button={{ type: 'primary' }}
            lead={<p>{t('sign-lead', { n: report.filled.blanks })}</p>}
            reason={canSignFor({ name: report.unitName, type: report.unitType, path: report.unitPath }, me.grants)}
            change={sign as never}
            fields={[]}
            input={() => ({ params, body: { blanksAccepted: report.filled.blanks } })}
          />
        </>
      )}
      <Button href={addressOf(reports.file, { params })} download>
        {t('word')}
      </Button>
      <PrintButton />
    </>
  );
}
