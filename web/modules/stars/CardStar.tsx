import type { z } from 'zod';
import type { cardCriterion, cardStar, cardWay } from '../../../domain/stars/contract-results.ts';
import { Mark, Missing } from '../../ui/Marks.tsx';
import { neat } from '../../ui/number.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { leadOf } from '../../words/leads.ts';
import { aside, colon, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { points } from './pieces.tsx';

type Star = z.output<typeof cardStar>;
type Criterion = z.output<typeof cardCriterion>;
type Way = z.output<typeof cardWay>;

/** One star of a card: why it stands as it stands, what every criterion gave, and the cheapest way to it. */
export function CardStar(props: { star: Star; unitId: number }) {
  const t = useWords(starWords);
  const say = useSay();
  const { star } = props;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{say(star.name)}</h2>
        <span className="row">
          <Mark tone={star.vetoed ? 'bad' : star.held ? 'good' : 'warn'}>
            {star.vetoed ? t('vetoed') : star.held ? t('held') : t('not-held')}
          </Mark>
          <span className="num">{t('points-of', { n: points(star.points), full: points(star.full) })}</span>
          <span className="quiet">{t('pass-at', { n: points(star.pass) })}</span>
          {star.designation?.number && (
            <a href={`/certificates/${encodeURIComponent(star.designation.number)}`}>
              {t('certificate')} {star.designation.number}
            </a>
          )}
        </span>
      </div>
      <div className="columns">
        <div>
          <h3>{t('reasons')}</h3>
          <ul className="points">
            {star.reasons.map((reason) => (
              <li key={reason.zh}>{say(reason)}</li>
            ))}
          </ul>
          <p className="small quiet">
            {star.lead && `${t('lead')}${colon()}${say(leadOf(star.lead))}`}
            {star.requires.length > 0 &&
              ` · ${t('requires')}${colon()}${star.requires.map((r) => `${say(r.name)}${aside(r.held ? t('held') : t('not-held'))}`).join(comma())}`}
          </p>
        </div>
        {star.way && <WayUp way={star.way} />}
      </div>
      <Criteria star={star} />
    </section>
  );
}

function WayUp(props: { way: Way }) {
  const t = useWords(starWords);
  const say = useSay();
  const { way } = props;
  return (
    <div className={way.reachable ? 'next' : 'next wait'}>
      <h3>{t('way')}</h3>
      <p>{way.reachable ? t('way-lead') : t('way-none')}</p>
      <ol className="way">
        {way.advice.map((a) => (
          <li key={a.criterion}>
            <span>{say(a.text)}</span>
            <span className="num">
              {a.valueNow === null
                ? t('way-fill', { needed: neat(a.valueNeeded, a.share) })
                : t('way-from-to', { now: neat(a.valueNow, a.share), needed: neat(a.valueNeeded, a.share) })}
            </span>
            <strong className="num">{t('gain', { n: points(a.gain) })}</strong>
          </li>
        ))}
      </ol>
      {way.blockers.length > 0 && (
        <div>
          <strong>{t('blockers')}</strong>
          <ul className="points">
            {way.blockers.map((b) => (
              <li key={b.kind + b.id}>{say(b.text)}</li>
            ))}
          </ul>
        </div>
      )}
      {way.reachable && <p className="small">{t('way-after', { n: points(way.pointsAfter) })}</p>}
      {way.leftOut.length > 0 && (
        <p className="small quiet">{t('left-out', { items: way.leftOut.map((c) => say(c.text)).join(comma()) })}</p>
      )}
    </div>
  );
}

function Criteria(props: { star: Star }) {
  const t = useWords(starWords);
  const say = useSay();
  const columns: Column<Criterion>[] = [
    {
      key: 'text',
      title: t('criterion'),
      show: (c) => (
        <>
          {say(c.text)}
          {c.facility && (
            <div className="small quiet">
              {t(`facility-${c.facility.aspect}`)}
              {c.facility.other && t('facility-other', { text: say(c.facility.other.text) })}
            </div>
          )}
          {c.must !== null && (
            <div>
              <Mark tone={c.mustMet ? 'plain' : 'bad'}>
                {t(c.mustMet ? 'must' : 'must-missed', { n: points(c.must) })}
              </Mark>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'value',
      title: t('value'),
      align: 'end',
      width: 110,
      show: (c) =>
        c.missing ? <Missing /> : c.removed ? <span className="quiet">—</span> : neat(c.value ?? '', c.share),
    },
    {
      key: 'source',
      title: t('source'),
      width: 200,
      show: (c) => (
        <span className="small">
          {c.source ?? t(`kind-${c.valueKind}`)}
          {c.asOf && <span className="quiet"> · {t('as-of', { day: c.asOf })}</span>}
          {c.evidence.length > 0 && (
            <div>
              {t('evidence')}
              {colon()}
              {c.evidence.map((e) => e.title).join(comma())}
            </div>
          )}
        </span>
      ),
    },
    { key: 'rule', title: t('rule'), show: (c) => <span className="small">{say(c.rule)}</span> },
    {
      key: 'points',
      title: t('score'),
      align: 'end',
      width: 130,
      show: (c) =>
        c.removed ? (
          <span className="small quiet">{t('removed')}</span>
        ) : (
          <>
            <strong>{points(c.points)}</strong> / {points(c.full)}
            {c.lost > 0 && <div className="small quiet">{t('lost', { n: points(c.lost) })}</div>}
          </>
        ),
    },
  ];
  return <Table caption={say(props.star.name)} columns={columns} rows={props.star.criteria} rowKey={(c) => c.id} />;
}
