import { Button, Input, Select } from 'antd';
import { type JournalEntry, journal } from '../../../domain/records/journal/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { journalWords } from '../../words/journal.ts';
import { uiWords } from '../../words/ui.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { changesOf } from './changes.ts';
import { kindWords, knownKinds } from './kind-words.ts';
import { useActorName } from './actor-name.ts';
import { verbWords } from './verb-words.ts';

interface Screen {
  readonly actor?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly before?: number;
}

export function JournalPage() {
  const t = useWords(journalWords);
  const u = useWords(uiWords);
  const say = useSay();
  const { unitId } = useScope();
  const [screen, change] = useScreen<Screen>();
  const { actor, kind, from, to, before } = screen;
  const read = useRead(journal.list, { query: { under: unitId, actor, kind, from, to, before, limit: 50 } });
  const day = (name: 'from' | 'to') => (
    <label>
      {t(name)}
      <Input
        type="date"
        style={{ width: 150 }}
        value={screen[name] ?? ''}
        onChange={(e) => change({ [name]: e.target.value || undefined, before: undefined })}
      />
    </label>
  );
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} />
      <div className="panel filters">
        <SearchBox value={actor} label={t('actor')} onChange={(value) => change({ actor: value, before: undefined })} />
        <label>
          {t('kind')}
          <Select
            style={{ width: 160 }}
            value={kind ?? ''}
            onChange={(value) => change({ kind: value || undefined, before: undefined })}
            options={[
              { value: '', label: u('all') },
              ...knownKinds.map((value) => ({ value, label: say(kindWords(value)) })),
            ]}
          />
        </label>
        {day('from')}
        {day('to')}
        <Button
          onClick={() =>
            change({ actor: undefined, kind: undefined, from: undefined, to: undefined, before: undefined })
          }
        >
          {u('reset')}
        </Button>
      </div>
      <Shown of={read} rows={12}>
        {({ items, next }) => (
          <>
            <Entries items={items} />
            <div className="pager">
              {before !== undefined && <Button onClick={() => change({ before: undefined })}>{t('newest')}</Button>}
              <Button disabled={next === null} onClick={() => change({ before: next ?? undefined })}>
                {t('older')}
              </Button>
            </div>
          </>
        )}
      </Shown>
    </section>
  );
}

function Entries(props: { items: readonly JournalEntry[] }) {
  const t = useWords(journalWords);
  const say = useSay();
  const moment = useMoment();
  const nameOf = useActorName();
  return (
    <Table
      caption={t('title')}
      numbered={false}
      rows={props.items}
      rowKey={(e) => e.id}
      empty={
        <div className="panel">
          <Empty title={t('none')} />
        </div>
      }
      columns={[
        { key: 'at', title: t('at'), width: 150, show: (e) => <span className="nowrap num">{moment(e.at)}</span> },
        { key: 'who', title: t('who'), width: 130, show: (e) => nameOf(e.actorName) },
        {
          key: 'what',
          title: t('what'),
          width: 170,
          show: (e) => <span title={e.verb}>{say(verbWords(e.verb))}</span>,
        },
        {
          key: 'subject',
          title: t('subject'),
          width: 190,
          show: (e) => (
            <>
              {say(kindWords(e.subjectKind))}{' '}
              <span className="small quiet" title={e.subjectId}>
                {e.subjectId.slice(0, 8)}
              </span>
            </>
          ),
        },
        { key: 'unit', title: t('unit'), width: 140, show: (e) => e.unitName ?? e.unitPath },
        { key: 'details', title: t('details'), show: (e) => <Change entry={e} /> },
        {
          key: 'seal',
          title: t('seal'),
          width: 100,
          show: (e) => <Mark tone={e.sealed ? 'good' : 'plain'}>{e.sealed ? t('sealed') : t('unsealed')}</Mark>,
        },
      ]}
    />
  );
}

/** Only what differs, field by field, in words; how a field is called in the record stands behind its name. */
function Change(props: { entry: JournalEntry }) {
  const t = useWords(journalWords);
  const say = useSay();
  const changes = changesOf(props.entry, say);
  if (changes.length === 0) return null;
  const labels = [...new Set(changes.map((c) => c.label))];
  return (
    <details>
      <summary className="small">
        {labels.slice(0, 3).join(comma())}
        {labels.length > 3 ? ` …${aside(labels.length)}` : ''}
      </summary>
      <dl className="small">
        {changes.map((c) => (
          <div key={c.name}>
            <dt title={c.name}>{c.label}</dt>
            <dd>
              <span className="quiet">{t('before')}</span> {c.before}
              <br />
              <span className="quiet">{t('after')}</span> {c.after}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
