import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { Board } from '../../../domain/stars/contract-results.ts';
import { Stars } from '../../ui/Marks.tsx';
import { Empty } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { boardWords } from '../../words/board.ts';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Level, useLevelWords } from './pieces.tsx';

type Tile = Board['townships'][number]['tiles'][number];
type Listed = Tile & { readonly town: string };
type Asked = { readonly level: number } | { readonly star: string; readonly scheme: 'rural' | 'urban' };

const tilesOf = (board: Board): Listed[] =>
  board.townships.flatMap((town) => town.tiles.map((tile) => ({ ...tile, town: town.unitName })));

const among = (tiles: readonly Listed[], asked: Asked) =>
  tiles.filter((tile) =>
    'level' in asked ? tile.level === asked.level : tile.scheme === asked.scheme && tile.held.includes(asked.star),
  );

/** The branches behind a bar, in the order of the tree; each opens to its star card. */
function BranchList(props: { board: Board; asked: Asked | null; onClose: () => void }) {
  const b = useWords(boardWords);
  const s = useWords(starWords);
  const say = useSay();
  const levels = useLevelWords();
  const { board, asked } = props;
  if (!asked) return null;
  const rows = among(tilesOf(board), asked);
  const nameOf = (star: string, scheme: string) =>
    say(board.stars.find((x) => x.id === star && x.scheme === scheme)?.name ?? { zh: star, en: star });
  const title =
    'level' in asked
      ? b('list-level', { level: levels(asked.level), n: rows.length })
      : b('list-star', { star: nameOf(asked.star, asked.scheme), n: rows.length });
  return (
    <Drawer open onClose={props.onClose} title={title} size={560}>
      <Table
        caption={title}
        cards={false}
        rows={rows}
        rowKey={(r) => r.unitId}
        empty={<Empty title={b('no-branch')} />}
        columns={[
          { key: 'town', title: s('township'), show: (r) => r.town },
          {
            key: 'unit',
            title: s('branch'),
            show: (r) => (
              <Link to="/card/$unitId" params={{ unitId: String(r.unitId) }}>
                {r.unitName}
              </Link>
            ),
          },
          {
            key: 'stars',
            title: b('by-star'),
            show: (r) => (
              <Stars
                size={14}
                of={board.stars
                  .filter((x) => x.scheme === r.scheme)
                  .map((x) => ({ name: say(x.name), held: r.held.includes(x.id) }))}
              />
            ),
          },
          { key: 'target', title: s('target'), show: (r) => (r.target === null ? '—' : <Level of={r.target} />) },
        ]}
      />
    </Drawer>
  );
}

function Opens(props: { n: number; what: string; text?: string; onClick: () => void }) {
  const b = useWords(boardWords);
  return (
    <button
      type="button"
      className="linklike num"
      aria-label={b('open-list', { what: props.what, n: props.text ?? props.n })}
      onClick={props.onClick}
    >
      {props.text ?? props.n}
    </button>
  );
}

/** Branches at each level beside what was planned; a number opens to its branches. */
export function Levels(props: { board: Board }) {
  const b = useWords(boardWords);
  const words = useLevelWords();
  const [asked, ask] = useState<Asked | null>(null);
  const { board } = props;
  const levels = [...board.levels].sort((x, y) => y.level - x.level);
  const planned = levels.some((l) => l.planned > 0);
  const most = 1.04 * Math.max(1, ...levels.flatMap((l) => [l.rural + l.urban, l.planned]));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{b('by-level')}</h2>
        <span className="quiet small">{b('measured', { n: board.measured, of: board.of })}</span>
      </div>
      <dl className="bars">
        {levels.map((l) => (
          <div key={l.level}>
            <dt>{words(l.level)}</dt>
            <dd>
              <div className="bar" aria-hidden="true">
                <i className={`fill-${l.level}`} style={{ width: `${((l.rural + l.urban) / most) * 100}%` }} />
                {l.planned > 0 && <b style={{ left: `${(l.planned / most) * 100}%` }} />}
              </div>
              <Opens n={l.rural + l.urban} what={words(l.level)} onClick={() => ask({ level: l.level })} />
              <span className="small quiet">
                {b('rural')} {l.rural} · {b('urban')} {l.urban} · {planned && `${b('plan')} ${l.planned} · `}
                {b('declared')} {l.declared}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {planned && <p className="small quiet">{b('plan-note')}</p>}
      <BranchList board={board} asked={asked} onClose={() => ask(null)} />
    </section>
  );
}

/** How many branches hold each star, for villages and for communities; a number opens to its branches. */
export function StarCounts(props: { board: Board }) {
  const b = useWords(boardWords);
  const say = useSay();
  const [asked, ask] = useState<Asked | null>(null);
  return (
    <section className="panel">
      <h2>{b('by-star')}</h2>
      {(['rural', 'urban'] as const).map((scheme) => {
        const stars = props.board.stars.filter((s) => s.scheme === scheme && s.of > 0);
        return stars.length === 0 ? null : (
          <div key={scheme}>
            <h3>{b(scheme)}</h3>
            <dl className="bars">
              {stars.map((s) => (
                <div key={s.id}>
                  <dt>{say(s.name)}</dt>
                  <dd>
                    <div className="bar held" aria-hidden="true">
                      <i style={{ width: `${(s.held / s.of) * 100}%` }} />
                    </div>
                    <Opens
                      n={s.held}
                      what={say(s.name)}
                      text={`${s.held} / ${s.of}`}
                      onClick={() => ask({ star: s.id, scheme })}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        );
      })}
      <BranchList board={props.board} asked={asked} onClose={() => ask(null)} />
    </section>
  );
}
