import { worded } from './fields.ts';
import { meetingKinds } from './kinds-meetings.ts';
import { secretaryKinds } from './kinds-secretaries.ts';
import { visitKinds } from './kinds-visits.ts';

/** Every workflow of the responsibility system. */
export const orgKinds = worded({ ...visitKinds, ...meetingKinds, ...secretaryKinds });
