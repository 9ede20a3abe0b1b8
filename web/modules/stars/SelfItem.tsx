import { Input, Radio, Select } from 'antd';
import type { z } from 'zod';
import type { formItem } from '../../../domain/stars/contract-assess.ts';
import type { Rule } from '../../../domain/stars/standard.ts';
import { Mark } from '../../ui/Marks.tsx';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { points } from './pieces.tsx';

type Item = z.output<typeof formItem>;

export interface Answered {
  readonly criterion: string;
  readonly metric?: string;
  readonly value: string;
}

/** What has been typed: a number by its metric, because several criteria may rest on it; a check by its criterion. */
export type Answers = Readonly<Record<string, Answered>>;

export const answerKey = (criterion: string, metric?: string) => (metric ? `metric ${metric}` : `check ${criterion}`);

/** The fields of a criterion that nobody has answered yet. */
export const unknownOf = (item: Item) => item.fields.filter((f) => !f.known);

interface Props {
  readonly item: Item;
  readonly rule: Rule | undefined;
  readonly closed: boolean;
  readonly answers: Answers;
  readonly note: string | undefined;
  /** The criterion below which a number is asked; below all others it is only repeated. */
  readonly askedAt: ReadonlyMap<string, string>;
  readonly onAnswer: (answer: Answered) => void;
  readonly onNote: (note: string) => void;
}

/** One criterion that the platform cannot answer by itself: what is asked, by which rule it counts, and the fields. */
export function SelfItem(props: Props) {
  const t = useWords(workWords);
  const say = useSay();
  const { item, closed } = props;
  const asksHere = item.fields.length === 0 || unknownOf(item).some((f) => props.askedAt.get(f.metric) === item.id);
  return (
    <fieldset className="ask" disabled={closed}>
      <legend>
        {say(item.text)} <span className="quiet num">{points(item.full)}</span>
      </legend>
      <p className="small quiet">{say(item.rule)}</p>
      {item.returned && (
        <Mark tone="warn" wrap>
          {t('returned-by', item.returned)}
        </Mark>
      )}
      {item.evidenceAsked && <p className="small">{t('evidence-asked', { reason: item.evidenceAsked })}</p>}
      {item.fields.length === 0 ? (
        <Check {...props} />
      ) : (
        unknownOf(item).map((f) => <Number key={f.metric} field={f} {...props} />)
      )}
      {asksHere && (
        <label className="ask-field">
          <span>{t('note')}</span>
          <Input
            maxLength={1000}
            disabled={closed}
            value={props.note ?? item.selfReason ?? ''}
            onChange={(e) => props.onNote(e.target.value)}
          />
        </label>
      )}
    </fieldset>
  );
}

/** A number is asked once, at the first criterion that rests on it; further down it only stands there again. */
function Number(props: Props & { field: Item['fields'][number] }) {
  const t = useWords(workWords);
  const say = useSay();
  const { item, field: f } = props;
  const value = props.answers[answerKey(item.id, f.metric)]?.value ?? f.value ?? '';
  const asked = (
    <span>
      {say(f.asks)}
      {aside(say(f.unit))}
    </span>
  );
  if (props.askedAt.get(f.metric) !== item.id)
    return (
      <p className="ask-field">
        {asked}
        <span className="quiet">{t('as-above', { value: value || '…' })}</span>
      </p>
    );
  return (
    <label className="ask-field">
      {asked}
      <Input
        inputMode="decimal"
        style={{ width: 180 }}
        value={value}
        onChange={(e) => props.onAnswer({ criterion: item.id, metric: f.metric, value: e.target.value })}
      />
    </label>
  );
}

/** A criterion that is checked: yes or no, a label, or a number, as its rule says. */
function Check(props: Props) {
  const t = useWords(workWords);
  const say = useSay();
  const { item, rule } = props;
  const own = props.answers[answerKey(item.id)];
  const value = own?.value ?? item.value ?? '';
  const set = (next: string) => props.onAnswer({ criterion: item.id, value: next });
  const label = say(item.text);
  if (rule?.type === 'levels')
    return (
      <Select
        aria-label={label}
        style={{ width: 200 }}
        value={value || null}
        disabled={props.closed}
        onChange={set}
        options={Object.keys(rule.levels).map((l) => ({ value: l, label: l }))}
      />
    );
  if (rule === undefined || rule.type === 'yes')
    return (
      <Radio.Group
        aria-label={label}
        disabled={props.closed}
        value={value}
        onChange={(e) => set(e.target.value as string)}
        options={[
          { value: '1', label: t('yes') },
          { value: '0', label: t('no') },
        ]}
      />
    );
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      style={{ width: 180 }}
      value={value}
      onChange={(e) => set(e.target.value)}
    />
  );
}
