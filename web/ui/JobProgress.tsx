import { Progress } from 'antd';
import type { Job } from '../../domain/records/jobs/contract.ts';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { Mark } from './Marks.tsx';

const phases = ['reading', 'checking', 'writing', 'reporting'] as const;

/** How far a job is: a bar while it runs, a word when it has ended. */
export function JobProgress(props: { job: Job }) {
  const t = useWords(uiWords);
  const { job } = props;
  if (job.state === 'done') return <Mark tone="good">{t('job-done')}</Mark>;
  if (job.state === 'failed')
    return (
      <Mark tone="bad" wrap>
        {t('job-failed')} {job.error}
      </Mark>
    );
  const phase = phases.find((p) => p === job.phase);
  const far = { done: job.done, total: job.total || '?' };
  const words = job.state === 'waiting' ? t('job-waiting') : t(phase ? `job-${phase}` : 'job-running', far);
  const percent = job.total === 0 ? 0 : Math.round((job.done / job.total) * 100);
  return (
    <div role="status" aria-live="polite">
      <Progress percent={percent} size="small" status="active" aria-label={words} />
      <span className="small">{words}</span>
    </div>
  );
}
