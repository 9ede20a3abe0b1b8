import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { facts } from '../../../domain/records/facts/contract.ts';
import { measuredTypes, units } from '../../../domain/records/units/index.ts';
import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { type Field, Fields } from '../../ui/Fields.tsx';
import { today } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Shown } from '../../ui/States.tsx';
import { type PickedUnit, UnitsInput } from '../../ui/UnitsInput.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { AddField } from './AddField.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';

interface Typed {
  readonly title: string;
  readonly basis: string;
  readonly purpose: string;
  readonly period: string;
  readonly due: string;
  readonly units?: readonly PickedUnit[];
  readonly figures?: string[];
  readonly fields?: string[];
}

type Composition = z.input<typeof inquiries.preview.body>;
type Draft = z.output<typeof inquiries.get.reply>;

/** What to ask for, anew or of a draft that is not sent yet. */
export function ComposePage() {
  const { draft } = useSearch({ strict: false }) as { draft?: string };
  return draft === undefined ? <Compose /> : <ComposeDraft id={draft} />;
}

function ComposeDraft(props: { id: string }) {
  const read = useRead(inquiries.get, { params: { id: props.id } });
  return <Shown of={read}>{(view) => <Compose key={view.id} draft={view} />}</Shown>;
}

/** What to ask for; what is known and what the rest costs stands beside it before anything is sent. */
function Compose(props: { draft?: Draft }) {
  const t = useWords(inquiryWords);
  const me = useMe();
  const navigate = useNavigate();
  const scope = useScope();
  const { draft: old } = props;
  const unit = old?.unitId ?? scope.unitId ?? rootUnits(me)[0] ?? me.home.id;
  const [composed, setComposed] = useState<Composition | null>(null);
  const preview = useChange(inquiries.preview);
  const onDone = (made: { id: string }) => void navigate({ to: '/reports/inquiries/$id', params: { id: made.id } });
  const draft = useChange(inquiries.draft, { onDone });
  const change = useChange(inquiries.change, { onDone });
  const look = ({ figures = [], fields = [], units = [], ...typed }: Typed) => {
    const columns = [...figures.map((figure) => ({ figure })), ...fields.map((field) => ({ field }))];
    const body = { ...typed, unitId: unit, columns, units: units.map((u) => u.id) };
    setComposed(body);
    preview.mutate({ body });
  };
  const keep = (body: Composition) => (old ? change.mutate({ params: { id: old.id }, body }) : draft.mutate({ body }));
  return (
    <section className="page">
      <PageHead
        title={t(old ? 'change-draft' : 'new')}
        lead={t(old ? 'change-lead' : 'new-lead')}
        tools={<AddField unitId={unit} />}
      />
      <div className="columns">
        <Form layout="vertical" className="panel" onFinish={look}>
          <Fields of={useComposeFields(unit, old)} refusal={preview.error ?? draft.error ?? change.error} />
          <Button type="primary" htmlType="submit" loading={preview.isPending}>
            {t('preview')}
          </Button>
        </Form>
        {preview.data && composed && (
          <PreviewPanel preview={preview.data}>
            <Button loading={draft.isPending || change.isPending} onClick={() => keep(composed)}>
              {t(old ? 'save-draft' : 'draft')}
            </Button>
          </PreviewPanel>
        )}
      </div>
    </section>
  );
}

const chosenOf = (draft: Draft | undefined, figure: boolean) =>
  draft?.columnList.filter((c) => c.figure === figure).map((c) => c.name);

function useComposeFields(unitId: number, old: Draft | undefined): Field[] {
  const t = useWords(inquiryWords);
  const say = useSay();
  const catalogue = useRead(facts.catalogue);
  const own = useRead(inquiries.fields, { query: { limit: 200 } });
  const asking = useRead(units.get, { params: { id: unitId } }).data;
  const figures = (catalogue.data?.items ?? []).map((f) => ({
    value: f.key,
    label: `${say(f.words)}${aside(say(f.unit))}`,
  }));
  const fields = (own.data?.items ?? []).map((f) => ({ value: f.id, label: f.name }));
  const period = old?.period ?? today().slice(0, 4);
  return [
    { name: 'title', label: t('title'), kind: 'text', required: true, initial: old?.title },
    { name: 'basis', label: t('basis'), kind: 'text', required: true, max: 300, initial: old?.basis },
    { name: 'purpose', label: t('purpose'), kind: 'area', required: true, max: 500, initial: old?.purpose },
    { name: 'period', label: t('period'), kind: 'text', required: true, initial: period, max: 7 },
    { name: 'due', label: t('due'), kind: 'day', required: true, initial: old?.due },
    {
      name: 'units',
      label: t('units'),
      kind: 'unit',
      hint: t('units-hint', { unit: asking?.name ?? '' }),
      initial: old?.only.map((u) => ({ id: u.unitId, name: u.unitName })),
      input: ({ value, onChange }) => (
        <UnitsInput
          label={t('units')}
          placeholder={t('units-find')}
          under={unitId}
          types={measuredTypes}
          value={(value ?? []) as readonly PickedUnit[]}
          onChange={onChange}
        />
      ),
    },
    { name: 'figures', label: t('figures'), kind: 'many', options: figures, initial: chosenOf(old, true) },
    { name: 'fields', label: t('fields'), kind: 'many', options: fields, initial: chosenOf(old, false) },
  ];
}
