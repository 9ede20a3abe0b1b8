import { Link, useParams } from '@tanstack/react-router';
import { Alert, Checkbox, Segmented } from 'antd';
import type { z } from 'zod';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import { useRead } from '../../api/hooks.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { useMoment } from '../../ui/moments.ts';
import { neat } from '../../ui/number.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown, Trouble } from '../../ui/States.tsx';
import { reviewWords } from '../../words/review.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { DeskActions } from './DeskActions.tsx';
import { DeskItem } from './DeskItem.tsx';
import { JointConclusion } from './JointConclusion.tsx';
import type { ReviewStage } from './ReviewPage.tsx';
import { points } from './pieces.tsx';

export type Desk = z.output<typeof assessing.desk.reply>;

interface Screen {
  readonly stage?: ReviewStage;
  readonly star?: string;
  readonly only?: 'open' | 'changed';
  readonly cycle?: string;
}

export function DeskPage() {
  const t = useWords(reviewWords);
  const { unitId } = useParams({ strict: false }) as { unitId: string };
  const [screen] = useScreen<Screen>();
  const stage = screen.stage ?? 'township-review';
  const asked = stage === 'joint-review' ? 'verification' : stage;
  const read = useRead(assessing.desk, {
    params: { unitId: Number(unitId) },
    query: { stage: asked, cycleId: screen.cycle },
  });
  useSample(read.data?.sample);
  if (read.error && !read.data)
    return (
      <section className="page">
        <PageHead
          title={t(stage)}
          crumbs={[
            {
              key: 'list',
              node: (
                <Link to="/review" search={{ stage } as never}>
                  {t('title')}
                </Link>
              ),
            },
          ]}
        />
        <div className="panel">
          <Trouble error={read.error} retry={() => void read.refetch()} />
        </div>
      </section>
    );
  return (
    <section className="page">
      <Shown of={read}>
        {(desk) => (
          <>
            <PageHead
              title={`${desk.unit.unitName} · ${t(stage)}`}
              crumbs={[
                {
                  key: 'list',
                  node: (
                    <Link to="/review" search={{ stage } as never}>
                      {t('title')}
                    </Link>
                  ),
                },
                { key: 'town', node: desk.unit.parentName },
              ]}
              tools={
                <Link to="/card/$unitId" params={{ unitId }}>
                  {t('see-card')}
                </Link>
              }
            />
            <DeskShown desk={desk} stage={stage} />
          </>
        )}
      </Shown>
    </section>
  );
}

function DeskShown(props: { desk: Desk; stage: ReviewStage }) {
  const t = useWords(reviewWords);
  const say = useSay();
  const { desk, stage } = props;
  const [screen, change] = useScreen<Screen>();
  const star = desk.stars.find((s) => s.id === screen.star) ?? desk.stars.find((s) => s.open === null) ?? desk.stars[0];
  const decisionOf = (i: Desk['items'][number]) => (stage === 'township-review' ? i.review : i.verify);
  const items = desk.items.filter(
    (i) =>
      i.star === star?.id &&
      (screen.only === undefined || (screen.only === 'open' ? decisionOf(i) === null : i.changedSince)),
  );
  return (
    <>
      {desk.open && stage !== 'joint-review' && <Alert type="info" title={say(desk.open.words)} />}
      {stage === 'joint-review' && <JointConclusion desk={desk} />}
      <Changes desk={desk} stage={stage} />
      <div className="panel filters">
        <Segmented
          aria-label={t('star')}
          value={star?.id ?? ''}
          onChange={(value) => change({ star: value })}
          options={desk.stars.map((s) => ({
            value: s.id,
            label: (
              <span className="two-lines">
                <span>
                  {say(s.name)} {points(s.points)}
                </span>
                <span className="small">{t('progress', { n: s.decided, of: s.of })}</span>
              </span>
            ),
          }))}
        />
        <Checkbox
          checked={screen.only === 'open'}
          onChange={(e) => change({ only: e.target.checked ? 'open' : undefined })}
        >
          {t('only-open')}
        </Checkbox>
        <Checkbox
          checked={screen.only === 'changed'}
          onChange={(e) => change({ only: e.target.checked ? 'changed' : undefined })}
        >
          {t('only-changed')}
        </Checkbox>
      </div>
      {star?.open && !desk.open && stage !== 'joint-review' && <Alert type="info" title={say(star.open.words)} />}
      {items.map((item) => (
        <DeskItem
          key={item.id}
          desk={desk}
          item={item}
          stage={stage}
          closed={stage === 'joint-review' || desk.open !== null || (star?.open ?? null) !== null}
        />
      ))}
      {star && stage !== 'joint-review' && <DeskActions desk={desk} stage={stage} star={star} />}
    </>
  );
}

/** What is new to whoever looks: since their last look, or since the stage before theirs. */
function Changes(props: { desk: Desk; stage: ReviewStage }) {
  const t = useWords(reviewWords);
  const say = useSay();
  const moment = useMoment();
  const { stage } = props;
  const { changes, items } = props.desk;
  const byId = new Map(items.map((i) => [i.id, i]));
  const fromTo = (c: Desk['changes'][number]) => {
    if (c.before === c.after) return t(c.what === 'self' ? 'answered-again' : 'was-sent-back');
    const shown = (value: string | null) => neat(value ?? '—', byId.get(c.criterion)?.share);
    return `${shown(c.before)} → ${shown(c.after)}`;
  };
  return (
    <details className="panel" open={changes.length > 0 && changes.length <= 6}>
      <summary>
        <strong>
          {changes.length === 0 ? t(`no-changes-${stage}`) : `${t(`changes-${stage}`)}${aside(changes.length)}`}
        </strong>
      </summary>
      <ul className="points">
        {changes.map((c) => (
          <li key={c.criterion + c.at + c.what}>
            {say(byId.get(c.criterion)?.text ?? { zh: c.criterion })} · {t(`what-${c.what}`)}
            {colon()}
            {fromTo(c)}{' '}
            <span className="small quiet">
              {c.by} {moment(c.at)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
