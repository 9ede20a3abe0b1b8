import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { Preview } from '../../../domain/reports/contract-inquiries.ts';
import { Figures } from '../../ui/Facts.tsx';
import { Table } from '../../ui/Table.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import { percent } from './InquiryList.tsx';

/** What is known already and what the rest would cost, village by village, before anything is sent. */
export function PreviewPanel(props: { preview: Preview; children?: ReactNode }) {
  const t = useWords(inquiryWords);
  const say = useSay();
  const { preview: p } = props;
  const { median, max } = p.minutesPerUnit;
  const shown = p.worst.slice(0, 8);
  return (
    <section className="panel stack" aria-live="polite">
      <h2>{t('preview-title')}</h2>
      <Figures
        of={[
          { name: t('known'), value: percent(p.share), note: `${p.known} / ${p.cells}` },
          { name: t('asked'), value: p.asked },
          { name: t('minutes'), value: p.minutes, note: t('minutes-each', { median, max, total: p.minutes }) },
        ]}
      />
      <div className="bar" role="img" aria-label={`${t('known')} ${percent(p.share)}`}>
        <i style={{ width: `${p.share * 100}%` }} />
      </div>
      <p className="quiet">{t('cap', { n: p.cap })}</p>
      {p.reason && <Alert type="warning" title={say(p.reason.words)} />}
      <Table
        caption={t('figures')}
        cards={false}
        numbered={false}
        rows={p.columns}
        rowKey={(c) => c.name}
        columns={[
          { key: 'name', title: t('figures'), show: (c) => say(c.words) },
          { key: 'known', title: t('known'), align: 'end', width: 110, show: (c) => `${c.known} / ${p.units}` },
          {
            key: 'asked',
            title: t('asked'),
            align: 'end',
            width: 130,
            show: (c) => (c.typed || c.known === p.units ? p.units - c.known : t('from-records')),
          },
        ]}
      />
      {p.units > shown.length && <p className="quiet">{t('first-n', { n: shown.length, of: p.units })}</p>}
      <Table
        caption={t('village')}
        cards={false}
        numbered={false}
        rows={shown}
        rowKey={(r) => r.unitId}
        columns={[
          { key: 'unit', title: t('village'), show: (r) => r.unitName },
          { key: 'known', title: t('known'), align: 'end', width: 80, show: (r) => r.known },
          { key: 'asked', title: t('asked'), align: 'end', width: 80, show: (r) => r.asked },
          { key: 'minutes', title: t('minutes'), align: 'end', width: 80, show: (r) => r.minutes },
          { key: 'used', title: t('used'), align: 'end', width: 110, show: (r) => r.used },
        ]}
      />
      {props.children}
    </section>
  );
}
