import { useNavigate } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { facts } from '../../../domain/records/facts/contract.ts';
import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { type Field, Fields } from '../../ui/Fields.tsx';
import { today } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
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
  readonly figures?: string[];
  readonly fields?: string[];
}

type Composition = z.input<typeof inquiries.preview.body>;

/** What to ask for; what is known and what the rest costs stands beside it before anything is sent. */
export function ComposePage() {
  const t = useWords(inquiryWords);
  const me = useMe();
  const navigate = useNavigate();
  const { unitId } = useScope();
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  const [composed, setComposed] = useState<Composition | null>(null);
  const preview = useChange(inquiries.preview);
  const draft = useChange(inquiries.draft, {
    onDone: (made) => void navigate({ to: '/reports/inquiries/$id', params: { id: made.id } }),
  });
  const look = ({ figures = [], fields = [], ...typed }: Typed) => {
    const columns = [...figures.map((figure) => ({ figure })), ...fields.map((field) => ({ field }))];
    const body = { ...typed, unitId: unit, columns, units: [] };
    setComposed(body);
    preview.mutate({ body });
  };
  return (
    <section className="page">
      <PageHead title={t('new')} lead={t('new-lead')} tools={<AddField unitId={unit} />} />
      <div className="columns">
        <Form layout="vertical" className="panel" onFinish={look}>
          <Fields of={useComposeFields()} refusal={preview.error ?? draft.error} />
          <Button type="primary" htmlType="submit" loading={preview.isPending}>
            {t('preview')}
          </Button>
        </Form>
        {preview.data && composed && (
          <PreviewPanel preview={preview.data}>
            <Button loading={draft.isPending} onClick={() => draft.mutate({ body: composed })}>
              {t('draft')}
            </Button>
          </PreviewPanel>
        )}
      </div>
    </section>
  );
}

function useComposeFields(): Field[] {
  const t = useWords(inquiryWords);
  const say = useSay();
  const catalogue = useRead(facts.catalogue);
  const own = useRead(inquiries.fields, { query: { limit: 200 } });
  const figures = (catalogue.data?.items ?? []).map((f) => ({
    value: f.key,
    label: `${say(f.words)}${aside(say(f.unit))}`,
  }));
  const fields = (own.data?.items ?? []).map((f) => ({ value: f.id, label: f.name }));
  return [
    { name: 'title', label: t('title'), kind: 'text', required: true },
    { name: 'basis', label: t('basis'), kind: 'text', required: true, max: 300 },
    { name: 'purpose', label: t('purpose'), kind: 'area', required: true, max: 500 },
    { name: 'period', label: t('period'), kind: 'text', required: true, initial: today().slice(0, 4), max: 7 },
    { name: 'due', label: t('due'), kind: 'day', required: true },
    { name: 'figures', label: t('figures'), kind: 'many', options: figures },
    { name: 'fields', label: t('fields'), kind: 'many', options: fields },
  ];
}
