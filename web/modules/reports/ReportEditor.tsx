import { type KeptReport, reports } from '../../../domain/reports/contract.ts';
import { useChange } from '../../api/hooks.ts';
import { RecordForm } from '../../ui/RecordForm.tsx';
import { reportWords } from '../../words/reports.ts';
import { useWords } from '../../words/use.ts';
import { DraftText } from './DraftText.tsx';

/** Changes the words of a draft; its numbers stay what the records say. */
export function ReportEditor(props: { report: KeptReport; onDone: () => void }) {
  const t = useWords(reportWords);
  const change = useChange(reports.change, { onDone: props.onDone });
  const { report } = props;
  return (
    <section className="panel document-edit stack" aria-label={t('edit')}>
      <p className="quiet">{t('edit-lead')}</p>
      <RecordForm<{ title: string; text: string }>
        fields={[
          { name: 'title', label: t('name'), kind: 'text', required: true, initial: report.title },
          {
            name: 'text',
            label: t('text'),
            kind: 'area',
            required: true,
            initial: report.text,
            input: ({ onChange }) => <DraftText report={report} onChange={onChange} />,
          },
        ]}
        submit={t('save')}
        busy={change.isPending}
        refusal={change.error}
        onCancel={props.onDone}
        onSubmit={(body) => change.mutate({ params: { id: report.id }, body })}
      />
    </section>
  );
}
