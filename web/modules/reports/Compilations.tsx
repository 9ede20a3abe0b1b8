import { reports } from '../../../domain/reports/contract.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { today, useMoment } from '../../ui/moments.ts';
import { Table } from '../../ui/Table.tsx';
import { useUnitField } from '../../ui/unit-field.ts';
import { reportWords } from '../../words/reports.ts';
import { useWords } from '../../words/use.ts';

interface Bundle {
  readonly unit: { id: number; name: string };
  readonly title: string;
  readonly period: string;
  readonly reports: string[];
}

/** Signed reports bundled in one file with a table of contents (M002). */
export function Compilations() {
  const t = useWords(reportWords);
  const can = useCan();
  const moment = useMoment();
  const { unitId } = useScope();
  const read = useRead(reports.list, { query: { kind: 'compilation', under: unitId, limit: 50 } });
  const kept = useRead(reports.list, { query: { under: unitId, limit: 200 } });
  const signed = (kept.data?.items ?? []).filter((r) => r.signedAt !== null);
  const compile = useChange(reports.compile);
  const unit = useUnitField(t('unit'), 'reports.write');
  const reason = !can('reports.write') ? t('not-writer') : signed.length === 0 ? t('none-signed') : null;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('compilations')}</h2>
        <AskButton<Bundle, Parameters<typeof compile.mutate>[0]>
          label={t('compile')}
          reason={reason}
          change={compile as never}
          lead={<p>{t('compile-lead')}</p>}
          fields={[
            unit,
            { name: 'title', label: t('name'), kind: 'text', required: true, max: 200 },
            { name: 'period', label: t('period'), kind: 'text', required: true, initial: today().slice(0, 4), max: 7 },
            {
              name: 'reports',
              label: t('reports'),
              kind: 'many',
              required: true,
              options: signed.map((r) => ({ value: r.id, label: `${r.unitName} · ${r.title}` })),
            },
          ]}
          input={({ unit: at, title, period, reports: ids }) => ({
            body: { unitId: at.id, title, period, reports: ids },
          })}
        />
      </div>
      {(read.data?.total ?? 0) > 0 && (
        <Table
          caption={t('compilations')}
          rows={read.data?.items ?? []}
          rowKey={(r) => r.id}
          columns={[
            {
              key: 'title',
              title: t('name'),
              show: (r) => (
                <a href={addressOf(reports.file, { params: { id: r.id } })} download>
                  {r.title}
                </a>
              ),
            },
            { key: 'unit', title: t('unit'), width: 160, show: (r) => r.unitName },
            { key: 'at', title: t('compiled-at'), width: 180, show: (r) => (r.signedAt ? moment(r.signedAt) : '') },
          ]}
        />
      )}
    </section>
  );
}
