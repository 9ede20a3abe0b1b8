import { Button, Input, Select } from 'antd';
import type { AgendaItem } from '../../../domain/records/events/contract.ts';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { meetingWords } from '../../words/meetings.ts';
import { useWords } from '../../words/use.ts';
import type { Outcome } from './outcomes.ts';

interface Props {
  readonly name: string;
  /** The item of the agenda; null for one that arose in the meeting. */
  readonly item: AgendaItem | null;
  readonly owners: readonly { readonly value: string; readonly label: string }[];
  readonly value: Outcome;
  readonly onChange: (value: Outcome) => void;
  readonly onName: ((title: string) => void) | null;
}

/** One item: what was said, or why it was skipped, and the decision that becomes a task. */
export function OutcomeField(props: Props) {
  const t = useWords(meetingWords);
  const { item, value } = props;
  const set = (change: Partial<Outcome>) => props.onChange({ ...value, ...change });
  const standing = item !== null && item.standing !== null;
  return (
    <fieldset className="ask">
      <legend>
        {props.name || t('item-title')} {standing && <Mark>{t('standing')}</Mark>}
      </legend>
      {item?.about && (
        <span className="row small">
          <Light of={item.about.light} />
          {item.about.ownerName}
          {item.about.carriedTo && <Mark tone="bad">{t('carried-to', { unit: item.about.carriedTo })}</Mark>}
        </span>
      )}
      {props.onName && (
        <label className="stack tight">
          {t('item-title')}
          <Input value={props.name} maxLength={300} onChange={(e) => props.onName?.(e.target.value)} />
        </label>
      )}
      <label className="stack tight">
        {t('minute')}
        <Input.TextArea
          value={value.minute}
          maxLength={4000}
          autoSize={{ minRows: 1, maxRows: 8 }}
          onChange={(e) => set({ minute: e.target.value })}
        />
      </label>
      {standing && value.minute.trim() === '' && (
        <label className="stack tight">
          {t('skip')}
          <Input value={value.skippedReason} maxLength={500} onChange={(e) => set({ skippedReason: e.target.value })} />
        </label>
      )}
      {value.decision === null ? (
        <div>
          <Button size="small" onClick={() => set({ decision: { text: '' } })}>
            {t('add-decision')}
          </Button>
        </div>
      ) : (
        <DecisionFields {...props} decision={value.decision} />
      )}
    </fieldset>
  );
}

function DecisionFields(props: Props & { decision: NonNullable<Outcome['decision']> }) {
  const t = useWords(meetingWords);
  const { decision } = props;
  const set = (change: Partial<typeof decision>) =>
    props.onChange({ ...props.value, decision: { ...decision, ...change } });
  return (
    <div className="filters">
      <label>
        {t('decision')}
        <Input
          style={{ width: 280, maxWidth: '60vw' }}
          value={decision.text}
          maxLength={200}
          onChange={(e) => set({ text: e.target.value })}
        />
      </label>
      <label>
        {t('decision-owner')}
        <Select
          style={{ width: 190 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={decision.ownerPersonId ?? null}
          options={[...props.owners]}
          onChange={(id) => set({ ownerPersonId: id ?? undefined } as Partial<typeof decision>)}
        />
      </label>
      <label>
        {t('decision-due')}
        <Input
          type="date"
          style={{ width: 160 }}
          value={decision.dueOn ?? ''}
          onChange={(e) => set({ dueOn: e.target.value || undefined } as Partial<typeof decision>)}
        />
      </label>
      <label>
        {t('decision-condition')}
        <Input
          style={{ width: 220, maxWidth: '60vw' }}
          value={decision.condition ?? ''}
          maxLength={500}
          onChange={(e) => set({ condition: e.target.value || undefined } as Partial<typeof decision>)}
        />
      </label>
    </div>
  );
}
