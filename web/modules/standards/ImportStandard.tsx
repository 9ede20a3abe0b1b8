import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { standards } from '../../../domain/records/standards/index.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { FilePicker } from '../../ui/FilePicker.tsx';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { standardWords } from '../../words/standards.ts';
import { useSay, useWords } from '../../words/use.ts';

/** A standard comes in as a file a cadre can read aloud; every fault names its line and field before anything is kept. */
export function ImportStandard() {
  const t = useWords(standardWords);
  const say = useSay();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const [yaml, setYaml] = useState('');
  const [chosen, setChosen] = useState<File | null>(null);
  const [file, setFile] = useState('standard.yaml');
  const check = useChange(standards.validate);
  const draft = useChange(standards.draft, { onDone: () => setOpen(false) });
  const issues = [...(check.data?.issues ?? []), ...(check.data?.warnings ?? [])];
  const pick = async (picked: File | null) => {
    setChosen(picked);
    if (!picked) return;
    setFile(picked.name.slice(0, 200));
    setYaml(await picked.text());
    check.reset();
  };
  return (
    <>
      <ReasonButton reason={can('standards.write') ? null : t('no-verb')} onClick={() => setOpen(true)}>
        {t('new-draft')}
      </ReasonButton>
      <Modal
        open={open}
        width={760}
        title={t('new-draft')}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <div className="stack tight">
          <FilePicker label={t('file')} accept=".yaml,.yml,text/yaml" file={chosen} onPick={(f) => void pick(f)} />
          <Input.TextArea
            aria-label={t('source')}
            rows={14}
            style={{ fontFamily: 'monospace' }}
            value={yaml}
            onChange={(e) => {
              setYaml(e.target.value);
              check.reset();
            }}
          />
          {(check.error ?? draft.error) && (
            <Alert role="alert" type="error" title={(check.error ?? draft.error)?.message} />
          )}
          {check.data?.ok && <Alert role="status" type="success" title={t('check-ok')} />}
          {issues.length > 0 && (
            <ul className="points" role="status">
              {issues.map((i) => (
                <li key={`${i.line}${i.field}${i.code}`}>
                  {i.line !== null && <strong>{t('line', { n: i.line })} </strong>}
                  <code>{i.field}</code> {say(i.message)}
                </li>
              ))}
            </ul>
          )}
          <div className="row">
            <Button
              disabled={yaml === ''}
              loading={check.isPending}
              onClick={() => check.mutate({ body: { yaml, file } })}
            >
              {t('check')}
            </Button>
            <Button
              type="primary"
              disabled={!check.data?.ok}
              loading={draft.isPending}
              onClick={() => draft.mutate({ body: { yaml, file } })}
            >
              {t('keep-draft')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
