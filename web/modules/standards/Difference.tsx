import { standards } from '../../../domain/records/standards/index.ts';
import { useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { standardWords } from '../../words/standards.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { StandardView } from './StandardPage.tsx';

const tones = { added: 'good', removed: 'bad', changed: 'warn' } as const;

/** Two versions side by side: each part that came, went or changed, field by field. */
export function Difference(props: { standard: StandardView; to: string }) {
  const t = useWords(standardWords);
  const say = useSay();
  const { standard: s } = props;
  const cut = props.to.indexOf(' ');
  const read = useRead(standards.difference, {
    params: { id: s.id, version: s.version },
    query: { toId: props.to.slice(0, cut), to: props.to.slice(cut + 1) },
  });
  return (
    <section className="panel">
      <Shown of={read}>
        {(d) => (
          <>
            <h2>
              {t('difference')}{' '}
              {t('difference-of', {
                from: `${say(d.from.title)} ${d.from.version}`,
                to: `${say(d.to.title)} ${d.to.version}`,
              })}
            </h2>
            <Table
              caption={t('difference')}
              rows={d.changes.flatMap((c) => c.fields.map((f) => ({ ...c, f })))}
              rowKey={(r) => `${r.subject} ${r.f.field}`}
              empty={<Empty title={t('no-difference')} />}
              columns={[
                {
                  key: 'kind',
                  title: t('state'),
                  width: 90,
                  show: (r) => <Mark tone={tones[r.kind]}>{t(r.kind)}</Mark>,
                },
                {
                  key: 'part',
                  title: t('part'),
                  show: (r) => (
                    <>
                      {r.name && say(r.name)} <div className="small quiet">{r.subject}</div>
                    </>
                  ),
                },
                { key: 'field', title: t('field'), width: 110, show: (r) => <code>{r.f.field}</code> },
                { key: 'before', title: t('before'), show: (r) => <span className="small">{r.f.before}</span> },
                { key: 'after', title: t('after'), show: (r) => <span className="small">{r.f.after}</span> },
              ]}
            />
          </>
        )}
      </Shown>
    </section>
  );
}
