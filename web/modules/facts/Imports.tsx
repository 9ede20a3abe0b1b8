import { Alert, Button } from 'antd';
import { useState } from 'react';
import { importKinds, importResult, imports } from '../../../domain/records/imports/index.ts';
import { type Job, jobs } from '../../../domain/records/jobs/contract.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { FilePicker } from '../../ui/FilePicker.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { useMoment } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { dataWords } from '../../words/data.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { SheetChoice, sheetNamed } from './SheetChoice.tsx';

/** Faults on the page; the sheet that comes back has them all. */
const shownFaults = 50;

/** Sheets come in as jobs: checked first, with progress, every fault by row, and the good rows never lost. */
export function Imports() {
  const t = useWords(dataWords);
  const can = useCan();
  const [screen] = useScreen<{ sheet?: string }>();
  const kind = sheetNamed(screen.sheet);
  const [file, setFile] = useState<File | null>(null);
  const start = useChange(imports.start);
  const granted = can('imports.run') ? null : t('not-yours');
  const send = (mode: 'check' | 'all-or-nothing') => file && start.mutate({ params: { kind }, file, fields: { mode } });
  return (
    <>
      <section className="panel stack">
        <p>{t('import-lead')}</p>
        <SheetChoice kind={kind} />
        <FilePicker key={kind} label={t('choose')} accept=".xlsx,.csv" file={file} onPick={setFile} />
        {start.error && <Alert role="alert" type="error" title={start.error.message} />}
        <div className="row">
          <ReasonButton
            type="primary"
            reason={granted ?? (file ? null : t('choose'))}
            loading={start.isPending}
            onClick={() => send('check')}
          >
            {t('check')}
          </ReasonButton>
          <ReasonButton
            reason={granted ?? (file ? null : t('choose'))}
            loading={start.isPending}
            onClick={() => send('all-or-nothing')}
          >
            {t('import-now')}
          </ReasonButton>
        </div>
      </section>
      <Recent />
    </>
  );
}

function Recent() {
  const t = useWords(dataWords);
  const read = useRead(jobs.list, { query: { limit: 20 } }, { every: 2_000 });
  const ours = (read.data?.items ?? []).filter((j) => j.kind.startsWith('import'));
  return (
    <section className="panel stack">
      <h2>{t('recent')}</h2>
      <Shown of={read} rows={3}>
        {() =>
          ours.length === 0 ? <Empty title={t('no-imports')} /> : ours.map((job) => <One key={job.id} job={job} />)
        }
      </Shown>
    </section>
  );
}

function One(props: { job: Job }) {
  const t = useWords(dataWords);
  const say = useSay();
  const moment = useMoment();
  const { job } = props;
  const parsed = importResult.safeParse(job.result);
  const result = parsed.success ? parsed.data : null;
  const accept = useChange(imports.accept);
  const table = importKinds.find((k) => k === result?.kind);
  const of = table ? t(`kind-${table}`) : result?.kindWords ? say(result.kindWords) : result?.kind;
  return (
    <article className="panel stack tight">
      <div className="panel-head">
        <h3>{result ? `${result.name} · ${of}` : job.kind}</h3>
        <span className="small quiet">
          {t('started')} {moment(job.createdAt)}
        </span>
      </div>
      <JobProgress job={job} />
      {result && (
        <>
          <p>
            {t('rows', { rows: result.rows, good: result.good, bad: result.bad })} ·{' '}
            {result.mode === 'check'
              ? t('only-checked')
              : t('written', { written: result.written, unchanged: result.unchanged })}
          </p>
          {result.errors.length > 0 && (
            <details>
              <summary>
                {t('faults')}
                {aside(result.bad)}
              </summary>
              <ul className="points small">
                {result.errors.slice(0, shownFaults).map((e) => (
                  <li key={`${e.row}${e.column}${e.message}`}>
                    {t('row', { n: e.row })} {e.column} {e.message}
                  </li>
                ))}
              </ul>
              {result.errors.length > shownFaults && <p className="small">{t('more-faults', { n: shownFaults })}</p>}
            </details>
          )}
          {accept.error && <Alert role="alert" type="error" title={accept.error.message} />}
          <div className="row">
            {result.mode === 'check' && result.good > 0 && (
              <Button
                type="primary"
                loading={accept.isPending}
                onClick={() => accept.mutate({ params: { id: job.id }, body: { mode: 'good-rows' } })}
              >
                {t('accept-good', { n: result.good })}
              </Button>
            )}
            {result.report && (
              <Button href={addressOf(imports.report, { params: { id: job.id } })}>{t('report')}</Button>
            )}
          </div>
        </>
      )}
    </article>
  );
}
