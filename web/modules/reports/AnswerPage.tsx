import { useParams } from '@tanstack/react-router';
import { Alert, Button, Form } from 'antd';
import { type AnswerView, inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { type Field, Fields } from '../../ui/Fields.tsx';
import { Due, Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Shown } from '../../ui/States.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { uiWords } from '../../words/ui.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { KnownTable } from './KnownTable.tsx';

export function AnswerPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(inquiries.answerForm, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(view) => <AnswerShown key={view.state} view={view} />}
      </Shown>
    </section>
  );
}

function AnswerShown(props: { view: AnswerView }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const can = useCan();
  const { view } = props;
  const open = view.state === 'asked';
  const giveBack = useChange(inquiries.return);
  return (
    <>
      <PageHead
        title={view.title}
        lead={t('answer-lead')}
        crumbs={[{ key: 'unit', node: view.unitName }]}
        mark={<Mark tone={open ? 'info' : 'good'}>{say(view.stateWords)}</Mark>}
        tools={
          view.mayReturn && (
            <AskButton<{ reason: string }, Parameters<typeof giveBack.mutate>[0]>
              label={t('return')}
              change={giveBack as never}
              fields={[{ name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 }]}
              input={(body) => ({ params: { id: view.id }, body })}
            />
          )
        }
      />
      {view.returned && <Alert type="warning" title={t('returned', { reason: view.returned })} />}
      <div className="panel">
        <Facts
          of={[
            [t('asked-by'), view.asker],
            [t('basis'), view.basis],
            [t('purpose'), view.purpose],
            [t('period'), view.period],
            [t('due'), open ? <Due key="due" on={view.due} /> : view.due],
            [t('minutes'), view.minutes],
          ]}
        />
      </div>
      <KnownTable view={view} />
      {open && can('facts.write') && <AnswerForm view={view} />}
    </>
  );
}

const asksOf = (view: AnswerView) => [
  ...new Map(view.columns.filter((c) => c.cell.asked).flatMap((c) => c.asks.map((a) => [a.name, a] as const))).values(),
];

function AnswerForm(props: { view: AnswerView }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const u = useWords(uiWords);
  const { view } = props;
  const answer = useChange(inquiries.answer);
  const asks = asksOf(view);
  const fields: Field[] = [
    ...asks.map((ask): Field => ({
      name: ask.name,
      label: ask.unit ? `${say(ask.question)}${aside(say(ask.unit))}` : say(ask.question),
      kind: ask.kind === 'number' ? 'decimal' : ask.kind === 'yes' ? 'select' : 'text',
      required: true,
      ...(ask.kind === 'yes'
        ? {
            options: [
              { value: '1', label: u('yes') },
              { value: '0', label: u('no') },
            ],
          }
        : {}),
    })),
    { name: 'asOf', label: t('as-of'), kind: 'day', required: true, initial: today() },
    { name: 'source', label: t('source'), kind: 'text', required: true },
  ];
  const send = ({ asOf, source, ...values }: { asOf: string; source: string } & Record<string, string>) =>
    answer.mutate({ params: { id: view.id }, body: { asOf, source, values } });
  return (
    <Form layout="vertical" className="panel" onFinish={send}>
      {asks.length === 0 && <p>{t('nothing-asked')}</p>}
      <Fields of={fields} refusal={answer.error} />
      <Button type="primary" htmlType="submit" loading={answer.isPending}>
        {t('submit')}
      </Button>
    </Form>
  );
}
