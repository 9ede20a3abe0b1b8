/**
 * What the platform must never keep about a person (docs: limits): a score, a risk level, a mark of loyalty or
 * reliability, an on-line time, a track of places, a colour of a household. Names of tables, columns and API fields are
 * the place where such a thing would first appear.
 */
const forbidden: readonly { stems: readonly string[]; why: string }[] = [
  { stems: ['score', 'rating', 'grade', 'star-count'], why: 'a score of a person' },
  { stems: ['risk', 'threat', 'danger', 'suspect', 'blacklist'], why: 'a risk level of a person' },
  {
    stems: [
      'loyal',
      'reliab',
      'trustworth',
      'obedien',
      'reputation',
      'attitude',
      'integrity',
      'creditworth',
      'social-credit',
    ],
    why: 'a mark of character',
  },
  {
    stems: ['check-in', 'checkin', 'punch', 'online-time', 'online-minutes', 'likes', 'login-count', 'active-days'],
    why: 'a count of presence or of use of the app',
  },
  { stems: ['latitude', 'longitude', 'gps', 'geolocation', 'whereabout', 'trajectory'], why: 'a track of places' },
  {
    stems: ['household-colour', 'household-color', 'household-level', 'household-category', 'household-grade'],
    why: 'a category of a household set by others',
  },
  {
    stems: ['petition', 'complaint', 'dispute'].flatMap((what) =>
      ['count', 'total', 'number', 'rate', 'score'].flatMap((n) => [`${what}-${n}`, `${what}s-${n}`]),
    ),
    why: 'a count of what people raised',
  },
  {
    stems: ['id-number', 'identity-number', 'id-card', 'bank-account', 'bank-card'],
    why: 'an identity or bank number',
  },
  { stems: ['league-table'], why: 'a league table' },
];

/** `scoreEligible`, `score_eligible` → `score-eligible`. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();

/** Names that hold a forbidden stem and mean something else; each says what, and is about units, never about people. */
export const allowed: Readonly<Record<string, string>> = {
  scores: 'what observers gave a unit on the items of a standard',
  scoreEligible: 'says whether a metric of a unit may be used by a standard',
};

/** Tables and API fields about people: no name with a forbidden stem is allowed here, whatever the list above says. */
const aboutPeople = /^(people|users|sessions|assignments|invitations)\b|^(accounts|people|assignments)\./;

export function forbiddenName(where: string, name: string): string | null {
  const words = `-${wordsOf(name)}`;
  const hit = forbidden.find((f) => f.stems.some((stem) => words.includes(`-${stem}`)));
  if (!hit) return null;
  if (name in allowed && !aboutPeople.test(where)) return null;
  return `${where} names “${name}”, which reads like ${hit.why}`;
}

/** All property names of a JSON Schema, wherever they stand. */
export function propertyNames(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertyNames);
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, ...rest } = schema as { properties?: Record<string, unknown> };
  const own = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  return [
    ...own.flatMap(([name, inner]) => [name, ...propertyNames(inner)]),
    ...Object.values(rest).flatMap(propertyNames),
  ];
}
