import { Link, useParams } from '@tanstack/react-router';
import type { z } from 'zod';
import { unitTypes, units } from '../../../domain/records/units/index.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts, Figures } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { UnitActions } from './UnitActions.tsx';
import { UnitPeople } from './UnitPeople.tsx';
import { UnitStars } from './UnitStars.tsx';
import { unitWords } from '../../words/units.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

type UnitView = z.output<typeof units.get.reply>;

export function UnitPage() {
  const { unitId } = useParams({ strict: false }) as { unitId: string };
  const read = useRead(units.get, { params: { id: Number(unitId) } });
  return <Shown of={read}>{(unit) => <UnitShown key={unit.id} unit={unit} />}</Shown>;
}

function UnitShown(props: { unit: UnitView }) {
  const t = useWords(unitWords);
  const say = useSay();
  const { unit } = props;
  const crumbs = unit.above.map((a) => ({
    key: String(a.id),
    node: (
      <Link to="/units/$unitId" params={{ unitId: String(a.id) }}>
        {a.name}
      </Link>
    ),
  }));
  return (
    <section className="page">
      <PageHead
        title={unit.name}
        crumbs={crumbs}
        tools={<UnitActions unit={unit} />}
        mark={
          <>
            <Mark>{say(unitTypes[unit.type].words)}</Mark>
            {unit.scheme && <Mark tone="info">{t(unit.scheme)}</Mark>}
            {unit.validTo && <Mark tone="warn">{t('ended-on', { day: unit.validTo })}</Mark>}
          </>
        }
      />
      <div className="panel">
        <h2>{t('facts')}</h2>
        <Facts
          of={[
            [t('code'), unit.code],
            [t('since'), unit.validFrom],
            [t('initials'), unit.initials],
            ...Object.entries(unit.attributes).map(([k, v]) => [k, String(v)] as const),
          ]}
        />
      </div>
      <UnitStars unitId={unit.id} type={unit.type} />
      {unit.children > 0 && <Counts unitId={unit.id} type={unit.type} />}
      <UnitPeople unitId={unit.id} type={unit.type} />
      <History unit={unit} />
    </section>
  );
}

function Counts(props: { unitId: number; type: string }) {
  const t = useWords(unitWords);
  const say = useSay();
  const read = useRead(units.counts, { params: { id: props.unitId } });
  return (
    <Shown of={read} rows={2}>
      {({ counts: all, asOf }) => {
        const counts = all.filter((c) => c.type !== props.type);
        return counts.length === 0 ? null : (
          <section aria-label={t('counts')}>
            <Figures
              of={counts.map((c) => ({
                name: say(unitTypes[c.type].words) + (c.scheme ? `${aside(t(c.scheme))}` : ''),
                value: c.count,
              }))}
            />
            <p className="small quiet">
              {t('as-of')} {asOf}
            </p>
          </section>
        );
      }}
    </Shown>
  );
}

function History(props: { unit: UnitView }) {
  const t = useWords(unitWords);
  const { history, successions } = props.unit;
  const changeWords = (change: string) =>
    `change-${change}` in unitWords ? t(`change-${change}` as 'change-create') : change;
  return (
    <div className="columns">
      <div className="panel">
        <h2>{t('history')}</h2>
        {history.length === 0 ? (
          <Empty />
        ) : (
          <Timeline
            of={history.map((h) => ({
              key: h.validFrom,
              at: h.validFrom,
              what: `${changeWords(h.change)}${colon()}${h.name}`,
              why: h.document && `${t('document')}${colon()}${h.document}`,
            }))}
          />
        )}
      </div>
      {successions.length > 0 && (
        <div className="panel">
          <h2>{t('successions')}</h2>
          <ul>
            {successions.map((s) => (
              <li key={`${s.predecessorId}-${s.successorId}`}>
                {s.onDay} {s.kind === 'merge' ? t('merge') : t('split')} · {s.name}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
