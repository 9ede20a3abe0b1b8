import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { gapWords } from '../../../domain/org/coverage.ts';
import type { MatrixRow, org } from '../../../domain/org/contract.ts';
import { role, type RoleName } from '../../../domain/records/assignments/roles.ts';
import { Mark } from '../../ui/Marks.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dutyWords } from '../../words/duties.ts';
import { comma, semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

type Stars = z.output<typeof org.matrix.reply>['stars'];
type Seat = MatrixRow['posts'][number];

/** Two tables, because offices and villages have different seats: who holds each, and where nobody does. */
export function Matrix(props: { rows: readonly MatrixRow[]; stars: Stars }) {
  const t = useWords(dutyWords);
  const offices = props.rows.filter((r) => ['city', 'county', 'township', 'street'].includes(r.unit.type));
  const villages = props.rows.filter((r) => ['village', 'community'].includes(r.unit.type));
  return (
    <>
      {offices.length > 0 && (
        <section className="panel">
          <h2>{t('offices')}</h2>
          <Seats rows={offices} caption={t('offices')} />
        </section>
      )}
      {offices.length > 0 && (
        <section className="panel">
          <h2>{t('by-star')}</h2>
          <StarMatrix rows={offices} stars={props.stars} />
        </section>
      )}
      {villages.length > 0 && (
        <section className="panel">
          <h2>{t('villages')}</h2>
          <Seats rows={villages} caption={t('villages')} villages />
        </section>
      )}
    </>
  );
}

const keyOf = (seat: Pick<Seat, 'role' | 'star'>) => `${seat.role}/${seat.star ?? ''}`;

function Seats(props: { rows: readonly MatrixRow[]; caption: string; villages?: boolean }) {
  const t = useWords(dutyWords);
  const say = useSay();
  const seats = new Map<string, Pick<Seat, 'role' | 'star'>>();
  for (const row of props.rows) for (const seat of row.posts) seats.set(keyOf(seat), seat);
  const columns: Column<MatrixRow>[] = [...seats.values()]
    .filter((seat) => seat.star === null)
    .map((seat) => ({
      key: keyOf(seat),
      title: say(role(seat.role as RoleName).words),
      show: (row) => <SeatCell seat={row.posts.find((p) => keyOf(p) === keyOf(seat))} />,
    }));
  return (
    <Table
      caption={props.caption}
      rows={props.rows}
      rowKey={(r) => r.unit.id}
      columns={[
        {
          key: 'unit',
          title: t('unit'),
          align: 'known-by',
          show: (r) => (
            <span className="row">
              <Link to="/units/$unitId" params={{ unitId: String(r.unit.id) }}>
                {r.unit.name}
              </Link>
              {r.key && <Mark tone="info">{t('key')}</Mark>}
            </span>
          ),
        },
        ...columns,
        ...(props.villages ? villageColumns(t) : []),
      ]}
    />
  );
}

function villageColumns(t: ReturnType<typeof useWords<typeof dutyWords>>): Column<MatrixRow>[] {
  return [
    {
      key: 'group',
      title: t('group'),
      width: 80,
      show: (r) => (r.group ? <Mark tone="good">{t('yes')}</Mark> : <Mark tone="bad">{t('gap')}</Mark>),
    },
    {
      key: 'areas',
      title: t('areas'),
      width: 130,
      show: (r) =>
        r.areasOpen > 0 ? (
          <Mark tone="warn">{t('areas-open', { n: r.areas, open: r.areasOpen })}</Mark>
        ) : (
          t('areas-n', { n: r.areas })
        ),
    },
  ];
}

const fewNames = 3;

function SeatCell(props: { seat: Seat | undefined }) {
  const t = useWords(dutyWords);
  const say = useSay();
  const { seat } = props;
  if (!seat) return null;
  if (seat.gap) return <Mark tone="bad">{say(gapWords(seat.gap))}</Mark>;
  const names = seat.holders.map((h) => h.name).join(comma());
  return seat.holders.length > fewNames ? (
    <details>
      <summary>{t('people-n', { n: seat.holders.length })}</summary>
      {names}
    </details>
  ) : (
    <span title={seat.holders.map((h) => [h.title, h.home].filter(Boolean).join(' · ')).join(semicolon())}>
      {names}
    </span>
  );
}

/** Units down, stars across: in each cell who leads, who contracts and which department, or that nobody does. */
function StarMatrix(props: { rows: readonly MatrixRow[]; stars: Stars }) {
  const t = useWords(dutyWords);
  const say = useSay();
  const used = props.stars.filter((star) => props.rows.some((r) => r.posts.some((p) => p.star === star.id)));
  return (
    <Table
      caption={t('by-star')}
      rows={props.rows}
      rowKey={(r) => r.unit.id}
      columns={[
        { key: 'unit', title: t('unit'), align: 'known-by', show: (r) => r.unit.name },
        ...used.map((star): Column<MatrixRow> => ({
          key: star.id,
          title: say(star.words),
          show: (r) => <StarSeats seats={r.posts.filter((p) => p.star === star.id)} />,
        })),
      ]}
    />
  );
}

function StarSeats(props: { seats: readonly Seat[] }) {
  const t = useWords(dutyWords);
  const say = useSay();
  return (
    <ul className="seats">
      {props.seats.map((seat) => (
        <li key={seat.role} title={say(role(seat.role as RoleName).words)}>
          {seat.gap ? (
            <Mark tone="bad">{say(gapWords(seat.gap))}</Mark>
          ) : (
            <>
              {seat.holders.map((h) => h.name).join(comma())}
              {seat.role !== 'task-force-leader' && (
                <span className="small quiet">
                  {' '}
                  {t(seat.role === 'lead-department' ? 'short-department' : 'short-county')}
                </span>
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
