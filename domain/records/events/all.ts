import { deliberationEvents } from '../../deliberation/kinds-events.ts';
import { disclosureEvents } from '../../disclosure/kinds-events.ts';
import { economyEvents } from '../../economy/kinds-events.ts';
import { learningEvents } from '../../learning/kinds-events.ts';
import { matterEvents } from '../../matters/kinds-events.ts';
import { meetingEvents } from '../../meetings/kinds-events.ts';
import { projectEvents } from '../../projects/kinds-events.ts';
import { serviceEvents } from '../../services/kinds-events.ts';
import type { EventKind } from './kind.ts';

/** Every kind of the platform by its name. A module's kinds stand in its kinds files and are listed here. */
export const eventKinds: Readonly<Record<string, EventKind>> = {
  ...meetingEvents,
  ...learningEvents,
  ...matterEvents,
  ...deliberationEvents,
  ...disclosureEvents,
  ...serviceEvents,
  ...economyEvents,
  ...projectEvents,
};

export function findEventKind(kind: string): EventKind | undefined {
  return Object.hasOwn(eventKinds, kind) ? eventKinds[kind] : undefined;
}
