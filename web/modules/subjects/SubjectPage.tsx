import { Link, useParams } from '@tanstack/react-router';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { nameIs, standsForPeople, type SubjectView, subjects } from '../../../domain/records/subjects/index.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { kindFacts } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { Mark } from '../../ui/Marks.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { useTagWords } from '../../ui/tags.ts';
import { subjectWords } from '../../words/subjects.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { EvidenceList } from '../cases/EvidenceList.tsx';
import { RecordTimeline } from '../journal/RecordTimeline.tsx';
import { Accounts } from './Accounts.tsx';
import { LinkedRecords } from './LinkedRecords.tsx';
import { Personal } from './Personal.tsx';
import { SubjectSteps } from './SubjectSteps.tsx';

export function SubjectPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(subjects.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(subject) => <SubjectShown key={subject.id} subject={subject} />}
      </Shown>
    </section>
  );
}

function SubjectShown(props: { subject: SubjectView }) {
  const say = useSay();
  const { subject: s } = props;
  const kind = useItems(findSubjectKind(s.kind)!, 'page');
  return (
    <>
      <PageHead
        title={s.name}
        crumbs={[
          { key: 'kind', node: say(s.kindWords) },
          {
            key: 'unit',
            node: (
              <Link to="/units/$unitId" params={{ unitId: String(s.unitId) }}>
                {s.unitName}
              </Link>
            ),
          },
        ]}
        mark={<Mark tone={s.toDay ? 'plain' : 'info'}>{say(s.stateWords)}</Mark>}
        tools={<PrintButton />}
      />
      <SubjectSteps subject={s} />
      <Entry subject={s} />
      {kind.personal && <Personal subject={s} />}
      <LinkedRecords id={s.id} />
      <Accounts id={s.id} />
      <div className="columns">
        <RecordTimeline kind="subject" id={s.id} />
        {!standsForPeople(kind) && <EvidenceList kind="subject" id={s.id} closed={s.toDay !== null} />}
      </div>
    </>
  );
}

function Entry(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const tagWords = useTagWords();
  const { subject: s } = props;
  const kind = useItems(findSubjectKind(s.kind)!, 'page');
  const from = nameIs(kind);
  return (
    <section className="panel">
      <h2>{t('facts')}</h2>
      <Facts
        of={[
          ...(kind.code && from !== 'code' ? [[say(kind.code), s.code ?? '—'] as const] : []),
          ...(kind.place && from !== 'place' ? [[say(kind.place.words), s.place ?? '—'] as const] : []),
          ...(s.parentId
            ? [
                [
                  t('parent'),
                  <Link key="parent" to="/subjects/$id" params={{ id: s.parentId }}>
                    {s.parentName}
                  </Link>,
                ] as const,
              ]
            : []),
          ...(s.leadUnitId
            ? [
                [
                  t('lead'),
                  <Link key="lead" to="/units/$unitId" params={{ unitId: String(s.leadUnitId) }}>
                    {s.leadUnitName}
                  </Link>,
                ] as const,
              ]
            : []),
          ...kindFacts(kind, s.data, say),
          [t('from'), s.fromDay],
          ...(s.toDay ? [[t('to'), s.toDay] as const] : []),
          ...(s.tags.length > 0 ? [[t('tags'), tagWords(s.tags).join(comma())] as const] : []),
        ]}
      />
      {kind.sample && <p className="small quiet">{t('sample')}</p>}
    </section>
  );
}
