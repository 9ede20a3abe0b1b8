import { Link } from '@tanstack/react-router';
import { evidences } from '../../../domain/records/evidence/contract.ts';
import { type ComparedWork, works } from '../../../domain/projects/contract-works.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { yuan } from '../../ui/money.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { projectWords } from '../../words/projects.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type ProjectScreen, useProjectUnit } from './screen.ts';

const limit = 10;

/** Works before and after side by side, with what they cost against their budget, and why. */
export function Compared() {
  const t = useWords(projectWords);
  const [screen, change] = useScreen<ProjectScreen>();
  const offset = screen.offset ?? 0;
  const read = useRead(works.compared, { query: { under: useProjectUnit(), limit, offset } });
  return (
    <Shown of={read} rows={8}>
      {({ items, total }) =>
        items.length === 0 ? (
          <div className="panel">
            <Empty title={t('no-compared')} />
          </div>
        ) : (
          <>
            {items.map((w) => (
              <One key={w.id} of={w} />
            ))}
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
            </div>
          </>
        )
      }
    </Shown>
  );
}

function One(props: { of: ComparedWork }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { of: w } = props;
  const over = w.budgetFen !== null && w.actualFen !== null && w.actualFen > w.budgetFen;
  return (
    <section className="panel stack">
      <div className="row">
        <h2>
          <Link to="/projects/$id" params={{ id: w.id }}>
            {w.title}
          </Link>
        </h2>
        <Mark>{say(w.stateWords)}</Mark>
        {over && w.difference === null && <Mark tone="warn">{t('unexplained')}</Mark>}
      </div>
      <div className="columns">
        <Side of={w.before} side={t('before')} />
        <Side of={w.after} side={t('after')} />
      </div>
      <p>{t('cost-line', { budget: yuan(w.budgetFen), actual: yuan(w.actualFen), given: yuan(w.contributedFen) })}</p>
      {w.difference && (
        <p className="quiet">
          {t('difference')}
          {colon()}
          {w.difference}
        </p>
      )}
    </section>
  );
}

function Side(props: { of: ComparedWork['before']; side: string }) {
  const t = useWords(projectWords);
  const { of: shot, side } = props;
  return (
    <figure className="stack tight" style={{ margin: 0 }}>
      <figcaption>
        <strong>{side}</strong>
        {shot && <span className="small quiet"> {t('taken-on', { day: shot.day })}</span>}
      </figcaption>
      {shot ? (
        <img
          src={addressOf(evidences.file, { params: { id: shot.id } })}
          alt={`${side}${colon()}${shot.title}`}
          style={{ width: '100%', maxHeight: 280, objectFit: 'cover' }}
          loading="lazy"
        />
      ) : (
        <Empty title={t('no-picture')} />
      )}
    </figure>
  );
}
