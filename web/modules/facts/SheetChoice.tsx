import { Button, Segmented, Select } from 'antd';
import {
  columnsFor,
  importKinds,
  type ImportKind,
  imports,
  sheetExports,
  subjectKindOf,
} from '../../../domain/records/imports/index.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { workModuleNames, workModules } from '../../../domain/work/index.ts';
import { addressOf } from '../../api/call.ts';
import { useScreen } from '../../ui/search-state.ts';
import { dataWords } from '../../words/data.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

/** The sheet that the address names; the sheet of facts where it names none that exists. */
export function sheetNamed(name: string | undefined): ImportKind {
  const known = importKinds.find((k) => k === name);
  if (known) return known;
  return name && columnsFor(name as ImportKind).length > 0 ? (name as ImportKind) : 'facts';
}

/** Units, facts, or the entries of one kind of the register: what is brought in, its template and what stands there now. */
export function SheetChoice(props: { kind: ImportKind }) {
  const t = useWords(dataWords);
  const say = useSay();
  const [, change] = useScreen<{ sheet?: string }>();
  const { kind } = props;
  const subject = subjectKindOf(kind);
  const table = importKinds.find((k) => k === kind) ?? 'subjects';
  const modules = workModuleNames.map((name) => workModules[name]).filter((m) => m.subjects.length > 0);
  return (
    <>
      <div className="row">
        <Segmented
          aria-label={t('kind')}
          value={table}
          onChange={(next) => change({ sheet: next === 'subjects' ? `subjects-${modules[0]!.subjects[0]}` : next })}
          options={[...importKinds, 'subjects' as const].map((k) => ({ value: k, label: t(`kind-${k}`) }))}
        />
        {subject && (
          <Select
            aria-label={t('subject-kind')}
            style={{ width: 240 }}
            showSearch={{ optionFilterProp: 'label' }}
            value={subject.kind}
            onChange={(next) => change({ sheet: `subjects-${next}` })}
            options={modules.map((m) => ({
              label: say(m.words),
              options: m.subjects.map((k) => ({ value: k, label: say(findSubjectKind(k)!.words) })),
            }))}
          />
        )}
        <Button href={addressOf(imports.template, { params: { kind } })}>{t('template')}</Button>
        {subject && (
          <Button href={addressOf(sheetExports.subjects, { query: { kind: subject.kind, ended: 'false' } })}>
            {t('export-now')}
          </Button>
        )}
      </div>
      <details>
        <summary>{t('columns')}</summary>
        <dl className="facts">
          {columnsFor(kind).map((c) => (
            <div key={c.key}>
              <dt>
                {say(c.words)}
                {c.required && <span className="small">{aside(t('needed'))}</span>}
              </dt>
              <dd className="small">{say(c.hint)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
