import { randomUUID } from 'node:crypto';
import { type At, type Data, noon, person, type Row } from './county.ts';

interface AgreementMore {
  readonly terms?: Data;
  readonly from?: string;
  readonly ended?: string;
  readonly state?: 'signing';
}
/** Parties by role: a subject's name, or a unit as `@V`. */
export const agreement = (
  kind: string,
  at: At,
  parties: Readonly<Record<string, string | readonly string[]>>,
  m: AgreementMore = {},
): Row => {
  return (c) => {
    const id = randomUUID();
    return [
      [
        'agreements',
        {
          ...c.on(at),
          id: c.id(id),
          kind,
          title: kind,
          state: m.state ?? (m.ended ? 'ended' : 'in-force'),
          from_day: m.from ?? '2025-01-01',
          in_force_on: m.state ? null : (m.from ?? '2025-01-01'),
          ended_on: m.ended ?? null,
          created_at: noon('2025-01-01'),
          changed_at: noon('2025-01-01'),
          terms: m.terms ?? {},
        },
      ],
      ...Object.entries(parties).flatMap(([role, names]) =>
        [names].flat().map((name): [string, Record<string, unknown>] => [
          'agreement_parties',
          {
            id: randomUUID(),
            agreement_id: c.id(id),
            unit_path: c.on(at).unit_path,
            role,
            unit_id: name.startsWith('@') ? c.on(name.slice(1) as At).unit_id : null,
            subject_id: name.startsWith('@') ? null : c.id(name),
          },
        ]),
      ),
    ];
  };
};

interface LineMore {
  readonly subject?: string;
  readonly purpose?: string;
  readonly title?: string;
  readonly case?: string;
  readonly of?: string;
  /** The account is this subject's own. */
  readonly whose?: string;
}
const classOf = (code: string) => code.split(':')[0];
/** A posting of so much (debit above zero, credit below) on an account, against the bank, in a book of its own. */
export const posted =
  (kind: string, at: At, account: string, on: string, amount: number, m: LineMore = {}): Row =>
  (c) => {
    const [book, entry, own, bank] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const { unit_path } = c.on(at);
    const line = (position: number, account_id: string, sum: number) =>
      [
        'entry_lines',
        {
          id: randomUUID(),
          entry_id: entry,
          book_id: book,
          account_id,
          unit_path,
          on_day: on,
          position,
          amount: sum,
          subject_id: position === 1 ? c.id(m.subject) : null,
          purpose: position === 1 ? (m.purpose ?? null) : null,
        },
      ] as [string, Record<string, unknown>];
    return [
      [
        'books',
        {
          ...c.on(at),
          id: book,
          kind,
          title: m.title ?? kind,
          measure: 'fen',
          opened_on: '2020-01-01',
          entries: 1,
          case_id: c.id(m.case),
          subject_id: c.id(m.of),
          created_at: noon('2020-01-01'),
        },
      ],
      [
        'accounts',
        {
          id: own,
          book_id: book,
          unit_path,
          code: account,
          name: account,
          class: classOf(account),
          subject_id: c.id(m.whose),
        },
      ],
      [
        'accounts',
        { id: bank, book_id: book, unit_path, code: 'asset:bank', name: '银行', class: 'asset', subject_id: null },
      ],
      ['entries', { id: entry, book_id: book, unit_path, number: 1, on_day: on, text: '笔', posted_at: noon(on) }],
      line(1, own, amount),
      line(2, bank, -amount),
    ];
  };

interface GrantMore {
  readonly level?: number;
  readonly data?: Data;
  readonly subject?: string;
  readonly grantor?: string;
  readonly to?: string;
}
export const granted =
  (kind: string, at: At, on: string, m: GrantMore = {}): Row =>
  (c) => [
    [
      'designations',
      {
        ...c.on(at),
        id: randomUUID(),
        kind,
        level: m.level ?? null,
        granted_by_unit_id: c.on('C').unit_id,
        grantor: m.grantor ?? '县委',
        granted_on: on,
        valid_to: m.to ?? null,
        basis: '文件',
        subject_id: c.id(m.subject),
        data: m.data ?? {},
      },
    ],
  ];

interface DutyMore {
  readonly object?: string;
  readonly star?: string;
  readonly from?: string;
  readonly to?: string;
}
/** A duty of a person, or of a unit named as `@D`. */
export const duty =
  (role: string, at: At, who: string, m: DutyMore = {}): Row =>
  (c) => [
    ...(who.startsWith('@') ? [] : [person(c, who)]),
    [
      'assignments',
      {
        ...c.on(at),
        id: randomUUID(),
        role,
        person_id: who.startsWith('@') ? null : c.id(who),
        holder_unit_id: who.startsWith('@') ? c.on(who.slice(1) as At).unit_id : null,
        star: m.star ?? null,
        object_kind: m.object ? 'address' : null,
        object_id: m.object ?? null,
        from_day: m.from ?? '2025-01-01',
        to_day: m.to ?? null,
        data: {},
      },
    ],
  ];

export const fact =
  (metric: string, at: At, period: string, value: number): Row =>
  (c) => [
    [
      'facts',
      {
        ...c.on(at),
        id: randomUUID(),
        metric,
        counted_path: c.on(at).unit_path,
        period,
        value,
        as_of: `${period.slice(0, 4)}-06-30`,
        source: '统计',
        entered_at: noon(`${period.slice(0, 4)}-07-01`),
      },
    ],
  ];

export const published =
  (kind: string, at: At, on: string | null, contents: number): Row =>
  (c) => [
    [
      'publications',
      {
        ...c.on(at),
        id: randomUUID(),
        kind,
        title: kind,
        audience: 'staff',
        published_at: on ? noon(on) : null,
        body: { contents: Array.from({ length: contents }, (_, i) => ({ title: String(i) })) },
      },
    ],
  ];

export const consented =
  (household: string, at: At, fields: readonly string[], to: string, withdrawn?: string): Row =>
  (c) => [
    [
      'consents',
      {
        id: randomUUID(),
        subject_id: c.id(household),
        unit_path: c.on(at).unit_path,
        purpose: '公开实例',
        fields,
        given_on: '2025-01-01',
        expires_on: to,
        channel: 'paper',
        recorded_at: noon('2025-01-01'),
        withdrawn_at: withdrawn ? noon(withdrawn) : null,
      },
    ],
  ];

/** A score of an observer in a round (a case of that name). */
export const scored =
  (round: string, at: At, item: string, value: number, who: string): Row =>
  (c) => [
    person(c, who),
    [
      'judgements',
      {
        ...c.on(at),
        id: randomUUID(),
        kind: 'observation',
        case_id: c.id(round),
        item,
        value,
        person_id: c.id(who),
        at: noon('2026-05-01'),
        data: {},
      },
    ],
  ];
