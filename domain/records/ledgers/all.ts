import { economyBooks } from '../../economy/kinds-books.ts';
import { pointBooks } from '../../points/kinds-books.ts';
import { projectBooks } from '../../projects/kinds-books.ts';
import { serviceBooks } from '../../services/kinds-books.ts';
import type { BookKind } from './kind.ts';

/** Every kind of the platform by its name. A module's kinds stand in its kinds files and are listed here. */
export const bookKinds: Readonly<Record<string, BookKind>> = {
  ...projectBooks,
  ...economyBooks,
  ...pointBooks,
  ...serviceBooks,
};

export function findBookKind(kind: string): BookKind | undefined {
  return Object.hasOwn(bookKinds, kind) ? bookKinds[kind] : undefined;
}
