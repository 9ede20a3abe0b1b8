import { Mark, Missing } from '../../ui/Marks.tsx';
import { neat } from '../../ui/number.ts';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { points } from './pieces.tsx';
import type { SelfForm } from './SelfPage.tsx';

/** What the platform holds already: shown with its day and source, never asked again. */
export function KnownItems(props: { form: SelfForm }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const say = useSay();
  const known = props.form.items.filter((i) => !i.asks);
  return (
    <section className="panel">
      <h2>{t('known-already')}</h2>
      <Table
        caption={t('known-already')}
        rows={known}
        rowKey={(i) => i.id}
        columns={[
          { key: 'text', title: s('criterion'), show: (i) => say(i.text) },
          {
            key: 'value',
            title: s('value'),
            align: 'end',
            width: 110,
            show: (i) => (i.value === null ? <Missing /> : neat(i.value, i.share)),
          },
          {
            key: 'source',
            title: s('source'),
            show: (i) => (
              <span className="small">
                <Mark>{s(`kind-${i.valueKind}`)}</Mark>{' '}
                {i.value === null && i.valueKind !== 'review' ? t('from-records') : i.source}{' '}
                {i.asOf && <span className="quiet">{s('as-of', { day: i.asOf })}</span>}
              </span>
            ),
          },
          {
            key: 'points',
            title: s('score'),
            align: 'end',
            width: 110,
            show: (i) => `${points(i.points)} / ${points(i.full)}`,
          },
        ]}
      />
    </section>
  );
}
