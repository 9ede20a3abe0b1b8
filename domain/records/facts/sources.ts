import type { UnitType } from '../units/index.ts';

/** A condition on a field that only the kind has. */
export interface Cond {
  readonly field: string;
  readonly is?: string | number | boolean;
  readonly in?: readonly string[];
  readonly atLeast?: number;
  /** At least as much as another field of the same record. */
  readonly atLeastField?: string;
  /** The field is filled in. */
  readonly set?: true;
  /** The field says the year of the period. */
  readonly year?: true;
  /** The field says a period within the one asked for: a month of the year. */
  readonly within?: true;
  /** The list holds this, or is empty, which means all of them. */
  readonly holds?: string;
  /** The list holds every item of this catalogue, as the instance set it. */
  readonly allOf?: string;
}

/** What one record adds, or by what records are told apart when they are counted as distinct. */
interface Taking {
  /** A number field of the kind instead of one for each record. */
  readonly amount?: string;
  /** Multiplies the amount by another field: a survey's mean by its sample, so that means add up. */
  readonly times?: string;
  /** Divides the amount: 1,000,000 for fen shown in 10,000 CNY. */
  readonly per?: number;
  readonly has?: readonly Cond[];
}

export interface CaseSource extends Taking {
  readonly table: 'cases';
  readonly types: readonly string[];
  /** In one of these states at the end of the period. */
  readonly states?: readonly string[];
  /**
   * Opened, closed or due within the period, or brought into one of the states within it; standing open at its end, open
   * past its due day, or there at all by its end.
   */
  readonly when: 'opened' | 'closed' | 'due' | 'reached' | 'open' | 'overdue' | 'there';
  /** The day on which it happened is this field and not the day on which it was entered. */
  readonly dated?: string;
  /** Belongs to the cycle of the period's year (a candidacy to its county's cycle). */
  readonly ofCycle?: true;
  /** Closed by its due day, or not. */
  readonly onTime?: boolean;
  /** Only those whose title holds this. */
  readonly titled?: string;
  /** Only those that belong to a case of one of these types (a work of a programme). */
  readonly childOf?: readonly string[];
  readonly star?: string;
  /** `unit`, `owner`, `star`, `type`, `subject`, or a field of the kind; of each month again with `monthly`. */
  readonly key?: string;
  /** A person and a village in March and in April are two: the key of each month by itself. */
  readonly monthly?: true;
  /** Only those whose owner has one of these duties at or below the unit. */
  readonly ownerRole?: readonly string[];
  /** Only those of units that are the object of this duty (key villages). */
  readonly onRole?: string;
  readonly onTypes?: readonly UnitType[];
  /** Only those worked on within so many days before the end of the period. */
  readonly touchedDays?: number;
  /** Only those whose own book has received money. */
  readonly funded?: true;
  /** Only those about an entry of the register with these properties. */
  readonly about?: readonly Cond[];
  /** Only those about an entry whose address is the object of one of these duties, where it stands or above. */
  readonly linkedBy?: readonly string[];
  /** Only those whose raiser, in the same month, raised one in a place of each of these duties of theirs. */
  readonly visiting?: readonly string[];
  /** Only those of which the case named in this field was opened within the period. */
  readonly asked?: string;
}

export interface EventSource extends Taking {
  readonly table: 'events';
  readonly kinds: readonly string[];
  /** Heads that came: named in the roster and counted beside it. */
  readonly heads?: 'attended' | 'all';
  /** `unit`, `person`, `subject`, `month`, `week`, `star`, `force` (a task force that took part), or a field of the kind. */
  readonly key?: string;
  /** The key of each month by itself. */
  readonly monthly?: true;
  readonly role?: string;
  readonly standing?: string;
  /** Only those of the unit asked itself. */
  readonly own?: true;
  /** Only people of the roster who have one of these duties. */
  readonly personRole?: readonly string[];
  /** Only entries of the roster that are subjects of these kinds. */
  readonly subjectKinds?: readonly string[];
}

export interface SubjectSource extends Taking {
  readonly table: 'subjects';
  readonly kinds: readonly string[];
  readonly states?: readonly string[];
  /** `unit`, `tier`, `place`, `lead-unit`, `parent`, or a field of the kind. */
  readonly key?: string;
  /** Only those that a unit leads; of these types, under one of those types. */
  readonly led?: true | { readonly types: readonly UnitType[]; readonly under?: readonly UnitType[] };
  /** Only those that belong to a subject of this kind. */
  readonly parentKind?: string;
  /** Only those that stand in a unit of these types. */
  readonly onTypes?: readonly UnitType[];
  /** Only those of the unit asked itself. */
  readonly own?: true;
  /** Only those whose day in this field lies within the period. */
  readonly dated?: string;
  /** Only those that are party to an agreement of these kinds in force. */
  readonly bound?: { readonly kinds: readonly string[]; readonly role: string };
}

export interface AgreementSource extends Taking {
  readonly table: 'agreements';
  readonly kinds: readonly string[];
  /** Counts the parties of a role instead of the agreements. */
  readonly party?: readonly string[];
  /** `role`: the roles that take part. */
  readonly key?: 'unit' | 'party' | 'role';
  /** Stands where the parties of these roles stand (or are led from), and not where it was filed. */
  readonly placedBy?: readonly string[];
  /** A party of another role is a subject led by a unit, bound by an agreement of these kinds, or of these properties. */
  readonly withRole?: {
    readonly roles: readonly string[];
    readonly led?: true;
    readonly bound?: readonly string[];
    readonly has?: readonly Cond[];
  };
  /** In force for at least so many days. */
  readonly forDays?: number;
}

export interface LineSource {
  readonly table: 'lines';
  readonly books: readonly string[];
  /** Codes of accounts, each with all below it: `income` is every income. */
  readonly accounts: readonly string[];
  /** Credits count as positive (income), debits as positive (expense), or the movement as it stands. */
  readonly side: 'credit' | 'debit';
  /** Everything booked up to the end of the period and not only within it. */
  readonly balance?: true;
  /** One for each line instead of its amount. */
  readonly heads?: true;
  readonly purposes?: readonly string[];
  readonly fundSources?: readonly string[];
  readonly per?: number;
  readonly key?: 'subject';
  readonly bookTitle?: string;
  /** Only books of a case about an entry of the register of this kind (the project of a workshop). */
  readonly bookAbout?: string;
  /** Only books of subjects that a unit leads. */
  readonly bookLed?: true;
  /** Only lines of the one household that consents to be shown as an example. */
  readonly example?: true;
}

export interface DesignationSource {
  readonly table: 'designations';
  readonly kinds: readonly string[];
  /** Given within the period, instead of in force at its end. */
  readonly granted?: true;
  /** Belongs to the cycle of the period's year. */
  readonly ofCycle?: true;
  readonly level?: number;
  readonly levelAtLeast?: number;
  readonly has?: readonly Cond[];
  /** `year`: the year it was granted for, as its amount. */
  readonly amount?: 'year';
  readonly key?: 'subject' | 'unit' | 'year';
  /** Only those of the unit asked itself. */
  readonly own?: true;
  /** Only those whose grantor's name holds this. */
  readonly grantor?: string;
}

export interface AssignmentSource {
  readonly table: 'assignments';
  readonly roles: readonly string[];
  /** `tier`: county, township or village, by where the duty lies. */
  readonly key?: 'person' | 'unit' | 'holder-unit' | 'object' | 'home' | 'role' | 'tier';
  /** Only duties on the unit asked itself, not on those below. */
  readonly own?: true;
  /** Types of the unit on which the duty lies. */
  readonly on?: readonly UnitType[];
  /** Only duties on units that also are the object of this role (key villages). */
  readonly onRole?: string;
  /** Only of people who also have one of these duties, above or below the same place. */
  readonly also?: readonly string[];
  readonly has?: readonly Cond[];
}

export interface UnitSource extends Taking {
  readonly table: 'units';
  readonly types: readonly UnitType[];
  readonly parentTypes?: readonly UnitType[];
  /** Only those directly under the unit asked: its own, not those of units below. */
  readonly own?: true;
  /** `tier` and `parent-tier`: county, township or village, of the unit or of the one above it. */
  readonly key?: 'parent' | 'tier' | 'parent-tier';
}

export interface PublicationSource {
  readonly table: 'publications';
  readonly kinds: readonly string[];
  readonly amount?: 'reports';
}

/** Scores that observers gave in rounds that are locked, on the scale of 0 to 100. */
export interface JudgementSource {
  readonly table: 'judgements';
  readonly kinds: readonly string[];
}

export type Source =
  | CaseSource
  | EventSource
  | SubjectSource
  | AgreementSource
  | LineSource
  | DesignationSource
  | AssignmentSource
  | UnitSource
  | PublicationSource
  | JudgementSource;
