import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { type Evidence, evidences, type SubjectKind } from '../../../domain/records/evidence/contract.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { FilePicker } from '../../ui/FilePicker.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { caseWords } from '../../words/cases.ts';
import { useWords } from '../../words/use.ts';

interface Props {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly item?: string;
  readonly closed?: boolean;
}

/** Files attached to a record: shown with who and when, taken down only with a reason. */
export function EvidenceList(props: Props) {
  const t = useWords(caseWords);
  const can = useCan();
  const read = useRead(evidences.list, { query: { kind: props.kind, id: props.id, item: props.item } });
  return (
    <section className="panel stack">
      <h2>{t('evidence')}</h2>
      <Shown of={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? <Empty title={t('no-evidence')} /> : items.map((e) => <One key={e.id} piece={e} />)
        }
      </Shown>
      {!props.closed && can('evidence.write') && <Upload {...props} />}
    </section>
  );
}

function One(props: { piece: Evidence }) {
  const t = useWords(caseWords);
  const can = useCan();
  const moment = useMoment();
  const { piece: e } = props;
  const remove = useChange(evidences.remove);
  const file = addressOf(evidences.file, { params: { id: e.id } });
  return (
    <div className="row between">
      <span className="row">
        {e.picture && !e.removedAt && (
          <img
            src={file}
            alt=""
            width={56}
            height={42}
            style={{ objectFit: 'cover', borderRadius: 3 }}
            loading="lazy"
          />
        )}
        <span>
          {e.removedAt ? <s>{e.title}</s> : <a href={file}>{e.title}</a>}
          <br />
          <span className="small quiet">
            {e.addedBy} · {moment(e.addedAt)} {e.proves}
          </span>
          {e.removedReason && <div className="small">{t('removed', { reason: e.removedReason })}</div>}
          {e.same > 0 && (
            <Mark tone="warn" wrap>
              {t('same-picture', { n: e.same })}
            </Mark>
          )}
        </span>
      </span>
      {!e.removedAt && can('evidence.write') && (
        <AskButton<{ reason: string }, Parameters<typeof remove.mutate>[0]>
          label={t('remove')}
          button={{ size: 'small' }}
          change={remove as never}
          fields={[{ name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true }]}
          input={(body) => ({ params: { id: e.id }, body })}
        />
      )}
    </div>
  );
}

function Upload(props: Props) {
  const t = useWords(caseWords);
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [proves, setProves] = useState('');
  const add = useChange(evidences.add, {
    onDone: () => {
      setFile(null);
      setTitle('');
      setProves('');
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    add.mutate({
      file,
      fields: {
        subjectKind: props.kind,
        subjectId: props.id,
        item: props.item,
        title: title || file.name,
        proves: proves || undefined,
      },
    });
  };
  return (
    <form className="stack tight no-print" onSubmit={send} key={add.submittedAt}>
      {add.error && <Alert role="alert" type="error" title={add.error.message} />}
      <FilePicker label={t('file')} file={file} onPick={setFile} />
      <label className="ask-field">
        <span>{t('evidence-title')}</span>
        <Input maxLength={200} value={title} onChange={(e) => setTitle(e.target.value)} />
      </label>
      <label className="ask-field">
        <span>{t('proves')}</span>
        <Input maxLength={500} value={proves} onChange={(e) => setProves(e.target.value)} />
      </label>
      <div>
        <Button htmlType="submit" disabled={!file} loading={add.isPending}>
          {t('upload')}
        </Button>
      </div>
    </form>
  );
}
