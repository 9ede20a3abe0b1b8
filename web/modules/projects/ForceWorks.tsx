import { Link } from '@tanstack/react-router';
import { type ForceWorks as Force, works } from '../../../domain/projects/contract-works.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useProjectUnit } from './screen.ts';

/** Task forces that carry works: members, villages served, spend and results village by village (M035). */
export function ForceWorks() {
  const t = useWords(projectWords);
  const read = useRead(works.forces, { query: { under: useProjectUnit() } });
  return (
    <Shown of={read} rows={8}>
      {({ items }) => {
        const busy = items.filter((f) => f.works > 0 || f.fundFen !== null);
        const idle = items.filter((f) => !busy.includes(f));
        return (
          <>
            {busy.map((f) => (
              <OneForce key={f.unitId} of={f} />
            ))}
            {busy.length === 0 && (
              <div className="panel">
                <Empty title={t('no-force-works')} />
              </div>
            )}
            {idle.length > 0 && (
              <p className="small quiet">
                {t('forces-without-works', { n: idle.length })}
                {idle
                  .slice(0, 20)
                  .map((f) => `${f.parentName}${f.name}`)
                  .join(comma())}
              </p>
            )}
          </>
        );
      }}
    </Shown>
  );
}

type Village = Force['villages'][number];

function OneForce(props: { of: Force }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: f } = props;
  const members = f.members.map((m) => `${m.name}${aside(say(m.words))}`).join(comma());
  const opened = (v: Village, text: string | number) => (
    <Link
      to="."
      search={
        ((was: object) => ({ ...was, view: 'list', force: f.unitId, unit: v.unitId, offset: undefined })) as never
      }
    >
      {text}
    </Link>
  );
  const results = (v: Village) =>
    [
      v.results.lengthM > 0 && t('metres', { n: v.results.lengthM }),
      v.results.connected > 0 && t('connected', { n: v.results.connected }),
      v.results.households > 0 && t('benefit', { n: v.results.households }),
    ]
      .filter(Boolean)
      .join(comma()) || '—';
  return (
    <section className="panel stack">
      <h2>
        {f.parentName} · {f.name}
      </h2>
      {f.scope && <p>{f.scope}</p>}
      <p className="small quiet">
        {t('members')}
        {members || '—'} · {t('villages-served', { n: f.villages.length })}
        {f.fundFen !== null && ` · ${t('force-fund', { sum: yuan(f.fundFen) })}`}
      </p>
      <Table
        caption={f.name}
        numbered={false}
        rows={f.villages}
        rowKey={(v) => v.unitId}
        empty={<Empty title={t('no-force-works')} />}
        columns={[
          { key: 'village', title: t('village'), align: 'known-by', show: (v) => opened(v, v.name) },
          { key: 'works', title: t('count'), align: 'end', width: 90, show: (v) => opened(v, v.works) },
          { key: 'done', title: t('done'), align: 'end', width: 90, show: (v) => v.done },
          { key: 'budget', title: t('budget'), align: 'end', width: 140, show: (v) => yuan(v.budgetFen) },
          { key: 'actual', title: t('actual'), align: 'end', width: 140, show: (v) => opened(v, yuan(v.actualFen)) },
          { key: 'results', title: t('results'), show: results },
        ]}
      />
    </section>
  );
}
