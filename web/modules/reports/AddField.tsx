import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { useWords } from '../../words/use.ts';

interface Typed {
  readonly name: string;
  readonly kind: 'number' | 'yes' | 'text';
  readonly unit?: string;
  readonly question: string;
}

export function AddField(props: { unitId: number }) {
  const t = useWords(inquiryWords);
  const add = useChange(inquiries.addField);
  return (
    <AskButton<Typed, Parameters<typeof add.mutate>[0]>
      label={t('add-field')}
      change={add as never}
      fields={[
        { name: 'name', label: t('field-name'), kind: 'text', required: true, max: 60 },
        {
          name: 'kind',
          label: t('field-kind'),
          kind: 'select',
          required: true,
          initial: 'number',
          options: [
            { value: 'number', label: t('number') },
            { value: 'yes', label: t('yes') },
            { value: 'text', label: t('words') },
          ],
        },
        { name: 'unit', label: t('field-unit'), kind: 'text', max: 20 },
        { name: 'question', label: t('field-question'), kind: 'text', required: true },
      ]}
      input={(typed) => ({ body: { ...typed, unitId: props.unitId, unit: typed.unit ?? null } })}
    />
  );
}
