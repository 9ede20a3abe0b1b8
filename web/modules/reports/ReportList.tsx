import { Link, useNavigate } from '@tanstack/react-router';
import { type ReportItem, reports } from '../../../domain/reports/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today, useMoment } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import { TemplateCards } from './TemplateCards.tsx';

const limit = 20;

export function ReportList() {
  const t = useWords(reportWords);
  const moment = useMoment();
  const { unitId } = useScope();
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(reports.list, { query: { under: unitId, limit, offset } });
  const columns: Column<ReportItem>[] = [
    {
      key: 'title',
      title: t('name'),
      show: (r) => (
        <Link to="/reports/$id" params={{ id: r.id }}>
          {r.title}
        </Link>
      ),
    },
    { key: 'unit', title: t('unit'), width: 160, show: (r) => r.unitName },
    { key: 'period', title: t('period'), width: 90, show: (r) => r.period },
    {
      key: 'state',
      title: t('state'),
      width: 260,
      show: (r) => (
        <span className="row">
          <Mark tone={r.signedAt ? 'good' : 'info'}>{r.signedAt ? t('signed') : t('draft')}</Mark>
          <span className="quiet">{t('version', { n: r.version })}</span>
          {r.signedAt && <span className="quiet">{moment(r.signedAt)}</span>}
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="row between">
        <span />
        <NewReport />
      </div>
      <Shown of={read}>
        {({ items, total }) =>
          total === 0 ? (
            <TemplateCards />
          ) : (
            <>
              <Table caption={t('reports')} columns={columns} rows={items} rowKey={(r) => r.id} startAt={offset} />
              <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
            </>
          )
        }
      </Shown>
    </>
  );
}

interface Asked {
  readonly unit: { id: number; name: string };
  readonly template: string;
  readonly period: string;
}

function NewReport() {
  const t = useWords(reportWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const templates = useRead(reports.templates);
  const draft = useChange(reports.draft, {
    onDone: (made) => void navigate({ to: '/reports/$id', params: { id: made.id } }),
  });
  const unit = useUnitField(t('unit'), 'reports.write');
  return (
    <AskButton<Asked, Parameters<typeof draft.mutate>[0]>
      label={t('new')}
      button={{ type: 'primary' }}
      reason={can('reports.write') ? null : t('not-writer')}
      change={draft as never}
      fields={[
        unit,
        {
          name: 'template',
          label: t('template'),
          kind: 'select',
          required: true,
          options: (templates.data?.items ?? []).map((one) => ({ value: one.id, label: say(one.title) })),
        },
        { name: 'period', label: t('period'), kind: 'text', required: true, initial: today().slice(0, 4), max: 7 },
      ]}
      input={({ unit: at, template, period }) => ({ body: { unitId: at.id, template, period } })}
    />
  );
}
