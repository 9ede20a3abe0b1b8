import { useParams } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { z } from 'zod';
import { type Card, type cardStar, results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { Figures } from '../../ui/Facts.tsx';
import { Mark, StarShape, Stars } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { starWords } from '../../words/stars.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { BranchPage } from './BranchPage.tsx';
import { CardStar } from './CardStar.tsx';
import { points, PointsBar, useLevelWords } from './pieces.tsx';
import { VillageLedger } from './VillageLedger.tsx';

type Star = z.output<typeof cardStar>;

interface Screen {
  readonly kind?: 'live' | 'result';
  readonly star?: string;
  readonly cycle?: string;
}

export function CardPage() {
  const t = useWords(starWords);
  const [screen, change] = useScreen<Screen>();
  const kind = screen.kind ?? 'live';
  const { unitId } = useParams({ strict: false }) as { unitId: string };
  // Asked for together with the unit, not after it: the card is what somebody waits for here.
  useRead(results.card, { params: { unitId: Number(unitId) }, query: { kind, cycleId: screen.cycle } });
  return (
    <BranchPage
      tools={
        <>
          <Segmented
            aria-label={t('card')}
            value={kind}
            onChange={(value) => change({ kind: value === 'live' ? undefined : value })}
            options={[
              { value: 'live', label: t('live') },
              { value: 'result', label: t('result') },
            ]}
          />
          <PrintButton />
        </>
      }
    >
      {(unit) => <CardOf key={unit.id} unitId={unit.id} kind={kind} cycleId={screen.cycle} />}
    </BranchPage>
  );
}

function CardOf(props: { unitId: number; kind: 'live' | 'result'; cycleId: string | undefined }) {
  const { unitId, kind, cycleId } = props;
  const read = useRead(results.card, { params: { unitId }, query: { kind, cycleId } });
  useSample(read.data?.sample);
  return (
    <>
      <Shown of={read}>{(card) => <CardShown card={card} />}</Shown>
      {kind === 'live' && <VillageLedger unitId={unitId} cycleId={cycleId} />}
    </>
  );
}

function CardShown(props: { card: Card }) {
  const t = useWords(starWords);
  const say = useSay();
  const moment = useMoment();
  const { card } = props;
  const [screen, change] = useScreen<Screen>();
  const chosen = card.stars.find((s) => s.id === screen.star) ?? card.stars.find((s) => !s.held) ?? card.stars[0];
  return (
    <>
      <p className="quiet">
        {t(card.kind === 'live' ? 'card-lead-live' : 'card-lead-result', { at: moment(card.computedAt), day: '' })} ·{' '}
        {t('standard')}
        {colon()}
        {say(card.standard.title)} {card.standard.version}
      </p>
      <Summary card={card} />
      {card.vetoes.map((v) => (
        <p key={v.id}>
          <Mark tone="bad" wrap>
            {t('vetoes')}
            {colon()}
            {say(v.text)}
          </Mark>
        </p>
      ))}
      <div className="star-tiles" role="group" aria-label={t('card')}>
        {card.stars.map((star) => (
          <StarTile
            key={star.id}
            star={star}
            chosen={star.id === chosen?.id}
            onChoose={() => change({ star: star.id })}
          />
        ))}
      </div>
      {card.stars.map((star) => (
        <div key={star.id} className={star.id === chosen?.id ? 'star-panel' : 'star-panel only-print'}>
          <CardStar star={star} unitId={card.unit.unitId} />
        </div>
      ))}
    </>
  );
}

function Summary(props: { card: Card }) {
  const t = useWords(starWords);
  const say = useSay();
  const words = useLevelWords();
  const { card } = props;
  const { candidacy } = card;
  return (
    <Figures
      of={[
        {
          name: t(card.kind === 'live' ? 'live-level' : 'result'),
          value: (
            <span className="row" style={{ gap: 10 }}>
              {words(card.level)}
              <Stars size={20} of={card.stars.map((s) => ({ name: say(s.name), held: s.held }))} />
            </span>
          ),
        },
        { name: t('current-level'), value: words(card.currentLevel) },
        {
          name: t('target'),
          value: candidacy ? words(candidacy.targetLevel) : '—',
          note: candidacy
            ? candidacy.targetGap === 0
              ? t('target-met')
              : t('target-gap', { n: candidacy.targetGap })
            : undefined,
        },
        {
          name: t('total'),
          value: points(card.total),
          note: t('points-of', { n: points(card.total), full: points(card.full) }),
        },
        {
          name: t('missing'),
          value: card.missing,
          note:
            card.missing === 0 ? t('nothing-missing') : <Mark tone="warn">{t('missing-n', { n: card.missing })}</Mark>,
        },
        ...(card.warnings.length > 0 ? [{ name: t('warnings'), value: card.warnings.length }] : []),
      ]}
    />
  );
}

function StarTile(props: { star: Star; chosen: boolean; onChoose: () => void }) {
  const t = useWords(starWords);
  const say = useSay();
  const { star } = props;
  return (
    <button type="button" aria-pressed={props.chosen} className="star-tile" onClick={props.onChoose}>
      <span className="row" style={{ flexWrap: 'nowrap' }}>
        <StarShape held={star.held} size={22} />
        <strong>{say(star.name)}</strong>
      </span>
      <PointsBar points={star.points} full={star.full} pass={star.pass} held={star.held} />
      <span className="row between small">
        <span className="num">{t('points-of', { n: points(star.points), full: points(star.full) })}</span>
        <span>{star.vetoed ? t('vetoed') : star.held ? t('held') : t('not-held')}</span>
      </span>
    </button>
  );
}
