import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { assignments } from '../../../domain/records/assignments/contract.ts';
import { designations } from '../../../domain/records/designations/contract.ts';
import { designationKind } from '../../../domain/records/designations/kinds.ts';
import { facts } from '../../../domain/records/facts/contract.ts';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { useMoment } from '../../ui/moments.ts';
import { Shown } from '../../ui/States.tsx';
import { dataWords } from '../../words/data.ts';
import { dutyWords } from '../../words/duties.ts';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';

// What has no page of its own is told where its number stands: who entered or granted it, when, and on what it rests.

const told = { fact: FactDetails, designation: DesignationDetails, assignment: DutyDetails } as const;
type Told = keyof typeof told;
export const hasDetails = (kind: string): kind is Told => kind in told;

/** The record's name, which opens to its details; they are asked for when it is opened. */
export function RecordDetails(props: { kind: Told; id: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const Details = told[props.kind];
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{props.children}</summary>
      {open && <Details id={props.id} />}
    </details>
  );
}

type Line = readonly [string, ReactNode];
const known = (lines: readonly (Line | null | false)[]): Line[] => lines.filter((l): l is Line => Boolean(l));

function FactDetails(props: { id: string }) {
  const t = useWords(dataWords);
  const r = useWords(reportWords);
  const moment = useMoment();
  const read = useRead(facts.get, { params: { id: props.id } });
  return (
    <Shown of={read} rows={2}>
      {(f) => (
        <>
          <Facts
            of={known([
              [t('source'), f.source],
              f.document !== null && [t('document'), f.document],
              [t('entered-by'), f.enteredBy ?? r('platform')],
              [r('entered-at'), moment(f.enteredAt)],
              f.reason !== null && [t('reason'), f.reason],
              f.history.length > 1 && [r('corrections'), f.history.length - 1],
            ])}
          />
          <Link to="/data" search={{ unit: f.unitId, metric: f.metric, period: f.period } as never}>
            {r('see-data')} →
          </Link>
        </>
      )}
    </Shown>
  );
}

function DesignationDetails(props: { id: string }) {
  const r = useWords(reportWords);
  const say = useSay();
  const read = useRead(designations.get, { params: { id: props.id } });
  return (
    <Shown of={read} rows={2}>
      {(d) => (
        <>
          <Facts
            of={known([
              [r('kind'), say(designationKind(d.kind).words)],
              d.subjectName !== null && [r('given-to'), d.subjectName],
              d.star !== null && [r('star'), say(wordsOfStar(d.star))],
              [r('grantor'), d.grantor],
              [r('granted-on'), d.grantedOn],
              d.validTo !== null && [r('valid-to'), d.validTo],
              [r('basis'), d.basis],
              d.withdrawnOn !== null && [r('withdrawn-on'), d.withdrawnOn],
            ])}
          />
          {d.caseId === null ? (
            <Link to="/units/$unitId" params={{ unitId: String(d.unitId) }}>
              {r('see-unit')} →
            </Link>
          ) : (
            <Link to="/cases/$id" params={{ id: d.caseId }}>
              {r('see-case')} →
            </Link>
          )}
        </>
      )}
    </Shown>
  );
}

function DutyDetails(props: { id: string }) {
  const t = useWords(dutyWords);
  const r = useWords(reportWords);
  const say = useSay();
  const read = useRead(assignments.get, { params: { id: props.id } });
  return (
    <Shown of={read} rows={2}>
      {(a) => (
        <>
          <Facts
            of={known([
              [t('holder'), [a.holder, a.title, a.home].filter(Boolean).join(' · ')],
              a.star !== null && [t('star'), say(wordsOfStar(a.star))],
              [t('from'), a.from],
              a.to !== null && [t('to'), a.to],
              a.document !== null && [t('document'), a.document],
              a.endedReason !== null && [t('reason'), a.endedReason],
            ])}
          />
          <Link
            to="/duties"
            search={{ tab: 'list', unit: a.unitId, role: a.role, history: a.to === null ? undefined : true } as never}
          >
            {r('see-duties')} →
          </Link>
        </>
      )}
    </Shown>
  );
}
