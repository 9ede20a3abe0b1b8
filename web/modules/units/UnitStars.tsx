import { Link } from '@tanstack/react-router';
import { measuredTypes, type UnitType } from '../../../domain/records/units/index.ts';
import { results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { Figures } from '../../ui/Facts.tsx';
import { Stars } from '../../ui/Marks.tsx';
import { starWords } from '../../words/stars.ts';
import { unitWords } from '../../words/units.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useLevelWords } from '../stars/pieces.tsx';

/** On a unit's page: its stars, or for a unit above, how many branches below hold which level. */
export function UnitStars(props: { unitId: number; type: UnitType }) {
  const can = useCan();
  if (!can('stars.read')) return null;
  if ((measuredTypes as readonly string[]).includes(props.type)) return <OfBranch unitId={props.unitId} />;
  return ['province', 'city', 'county', 'township', 'street'].includes(props.type) ? (
    <OfArea unitId={props.unitId} />
  ) : null;
}

function OfBranch(props: { unitId: number }) {
  const t = useWords(unitWords);
  const s = useWords(starWords);
  const say = useSay();
  const words = useLevelWords();
  const card = useRead(results.card, { params: { unitId: props.unitId }, query: {} }).data;
  useSample(card?.sample);
  if (!card) return null;
  return (
    <section className="panel stack tight">
      <div className="panel-head">
        <h2>{t('stars')}</h2>
        <Link to="/card/$unitId" params={{ unitId: String(props.unitId) }}>
          {t('card')} →
        </Link>
      </div>
      <Figures
        of={[
          { name: t('current-level'), value: words(card.currentLevel) },
          {
            name: s('live-level'),
            value: (
              <span className="row">
                {words(card.level)} <Stars of={card.stars.map((star) => ({ name: say(star.name), held: star.held }))} />
              </span>
            ),
          },
          { name: s('target'), value: card.candidacy ? words(card.candidacy.targetLevel) : '—' },
          { name: s('missing'), value: card.missing },
        ]}
      />
    </section>
  );
}

function OfArea(props: { unitId: number }) {
  const t = useWords(unitWords);
  const words = useLevelWords();
  const read = useRead(results.levels, { query: { under: props.unitId, limit: 1 } });
  const counts = Object.entries(read.data?.counts ?? {}).sort(([a], [b]) => Number(b) - Number(a));
  if (counts.length === 0) return null;
  return (
    <section className="panel stack tight">
      <div className="panel-head">
        <h2>{t('current-level')}</h2>
        <Link to="/stars" search={{ unit: props.unitId } as never}>
          {t('see-board')} →
        </Link>
      </div>
      <Figures of={counts.map(([level, count]) => ({ name: words(Number(level)), value: count }))} />
    </section>
  );
}
