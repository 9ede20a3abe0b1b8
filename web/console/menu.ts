import type { Verb } from '../../domain/grants.ts';
import type { shellWords } from '../words/shell.ts';

export interface MenuItem {
  readonly to:
    | '/'
    | '/overview'
    | '/units'
    | '/stars'
    | '/review'
    | '/standards'
    | '/duties'
    | '/data'
    | '/reports'
    | '/tasks'
    | '/projects'
    | '/work'
    | '/journal'
    | '/admin';
  readonly words: keyof typeof shellWords;
  /** Without one of these verbs anywhere, the page would be empty: it is not offered. */
  readonly verbs?: readonly Verb[];
  /** Drawn as an SVG path in a 24 by 24 box. */
  readonly glyph: string;
}

/** The main menu, in the order of the year's work. */
export const menu: readonly MenuItem[] = [
  { to: '/', words: 'inbox', glyph: 'M3 13l3-9h12l3 9v7H3zM3 13h6l1.5 3h3L15 13h6' },
  {
    to: '/overview',
    words: 'overview',
    verbs: ['facts.read'],
    glyph: 'M4 4h7v7H4zM13 4h7v4h-7zM13 11h7v9h-7zM4 14h7v6H4z',
  },
  {
    to: '/stars',
    words: 'stars',
    verbs: ['stars.read'],
    glyph: 'M12 3l2.7 6 6.3.6-4.8 4.3 1.4 6.3L12 17l-5.6 3.2 1.4-6.3L3 9.6 9.3 9z',
  },
  { to: '/review', words: 'review', verbs: ['stars.read'], glyph: 'M5 3h10l4 4v14H5zM8.500 13l2.500 2.500 4.500-5' },
  { to: '/units', words: 'units', glyph: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4' },
  {
    to: '/duties',
    words: 'duties',
    verbs: ['people.read'],
    glyph:
      'M9 4a3.500 3.500 0 110 7 3.500 3.500 0 010-7zM3 20c0-4 2.700-6 6-6s6 2 6 6M16 5a3 3 0 010 6M17.500 14c2.200.6 3.500 2.600 3.500 6',
  },
  { to: '/data', words: 'data', verbs: ['facts.read'], glyph: 'M4 20V4M4 20h17M8 16v-5M12.500 16V7M17 16v-8' },
  {
    to: '/tasks',
    words: 'tasks',
    verbs: ['cases.read'],
    glyph: 'M4 5h2v2H4zM9 6h11M4 11h2v2H4zM9 12h11M4 17h2v2H4zM9 18h11',
  },
  {
    to: '/projects',
    words: 'projects',
    verbs: ['cases.read'],
    glyph: 'M4 20V9l8-5 8 5v11M4 20h16M9 20v-6h6v6',
  },
  {
    to: '/work',
    words: 'work',
    verbs: ['cases.read', 'records.read'],
    glyph: 'M4 6h16v14H4zM9 6V3h6v3M4 12h16M11 12v2h2v-2',
  },
  {
    to: '/reports',
    words: 'reports',
    verbs: ['records.read', 'facts.read'],
    glyph: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7M9 8h3',
  },
  {
    to: '/standards',
    words: 'standards',
    verbs: ['stars.read'],
    glyph: 'M5 4h11a3 3 0 013 3v14H8a3 3 0 01-3-3zM5 18a3 3 0 013-3h11M9 8h6',
  },
  {
    to: '/journal',
    words: 'journal',
    verbs: ['journal.read'],
    glyph: 'M12 3a9 9 0 110 18 9 9 0 010-18zM12 7v5l3.500 2',
  },
  {
    to: '/admin',
    words: 'admin',
    verbs: ['admin', 'calendar.write', 'people.write'],
    glyph: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  },
];
