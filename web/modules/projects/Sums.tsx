import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import type { z } from 'zod';
import { groupings, projects } from '../../../domain/projects/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type ProjectScreen, useProjectUnit } from './screen.ts';

type Row = z.output<typeof projects.sums.reply>['items'][number];

/** Works added up by unit, use, class, programme, system or stage; the last row is the sum of those above it. */
export function Sums() {
  const t = useWords(projectWords);
  const say = useSay();
  const [screen, change] = useScreen<ProjectScreen>();
  const by = screen.by ?? 'unit';
  const read = useRead(projects.sums, { query: { under: useProjectUnit(), by } });
  const money = (key: 'budgetFen' | 'receivedFen' | 'actualFen' | 'contributedFen' | 'savedFen', title: string) =>
    ({
      key,
      title,
      align: 'end',
      width: 140,
      show: (r: Row) => <Opened by={by} row={r} text={yuan(r[key])} />,
    }) as const;
  return (
    <>
      <div className="panel filters no-print">
        <label>
          {t('by-group')}
          <Select
            style={{ width: 160 }}
            value={by}
            onChange={(value) => change({ by: value })}
            options={groupings.map((value) => ({ value, label: t(value) }))}
          />
        </label>
      </div>
      <Shown of={read} rows={8}>
        {({ items, total }) => (
          <Table
            caption={t('sums')}
            numbered={false}
            rows={[...items, { ...total, key: '', words: { zh: t('total'), en: t('total') }, unitId: null }]}
            rowKey={(r) => r.key ?? 'none'}
            columns={[
              {
                key: 'name',
                title: t(by),
                align: 'known-by',
                show: (r) => <Opened by={by} row={r} text={say(r.words)} />,
              },
              {
                key: 'n',
                title: t('count'),
                align: 'end',
                width: 90,
                show: (r) => <Opened by={by} row={r} text={r.n} />,
              },
              { key: 'done', title: t('done'), align: 'end', width: 90, show: (r) => r.done },
              money('budgetFen', t('budget')),
              money('receivedFen', t('received')),
              money('actualFen', t('actual')),
              money('contributedFen', t('given')),
              money('savedFen', t('saved')),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

/** A sum opens to the works that it adds up; what no filter can tell apart stays as it is. */
function Opened(props: { by: (typeof groupings)[number]; row: Row; text: string | number }) {
  const { by, row } = props;
  const total = row.key === '';
  if (row.key === null) return <>{props.text}</>;
  const narrowed = total ? {} : by === 'unit' ? { unit: row.unitId ?? undefined } : { [by]: row.key };
  return (
    <Link to="." search={((was: object) => ({ ...was, view: 'list', offset: undefined, ...narrowed })) as never}>
      {props.text}
    </Link>
  );
}
