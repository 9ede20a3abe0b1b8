import { useUnitMini } from './unit-mini.ts';
import { candidacies } from '../../../domain/stars/contract-cycle.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { RecordForm } from '../../ui/RecordForm.tsx';
import { Empty, Loading, Shown } from '../../ui/States.tsx';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { starWords } from '../../words/stars.ts';
import { BranchPage, type BranchUnit } from './BranchPage.tsx';
import { CandidacyView } from './CandidacyView.tsx';
import { type Declared, useDeclarationFields } from './declaration-fields.ts';
import { useCycle } from './cycle.ts';

export function DeclarationPage() {
  const t = useWords(workWords);
  return <BranchPage lead={t('declaration-lead')}>{(unit) => <DeclarationOf key={unit.id} unit={unit} />}</BranchPage>;
}

function DeclarationOf(props: { unit: BranchUnit }) {
  const s = useWords(starWords);
  const { cycle, loading } = useCycle();
  const { unit } = props;
  const list = useRead(
    candidacies.list,
    { query: { cycleId: cycle?.id, under: unit.id, limit: 1 } },
    { when: cycle !== undefined },
  );
  const found = list.data?.items[0];
  const view = useRead(candidacies.get, { params: { id: found?.id ?? '' } }, { when: found !== undefined });
  if (loading) return <Loading />;
  if (!cycle) return <Empty title={s('no-cycle')} hint={s('no-cycle-hint')} />;
  return (
    <Shown of={list}>
      {({ items }) =>
        items.length === 0 ? (
          <Declare unit={unit} cycleId={cycle.id} />
        ) : (
          <Shown of={view}>{(c) => <CandidacyView candidacy={c} unit={unit} />}</Shown>
        )
      }
    </Shown>
  );
}

function Declare(props: { unit: BranchUnit; cycleId: string }) {
  const t = useWords(workWords);
  const can = useCan();
  const mini = useUnitMini(props.unit.id);
  const fields = useDeclarationFields(mini?.scheme);
  const declare = useChange(candidacies.declare);
  if (!can('stars.declare', props.unit.path))
    return (
      <div className="panel">
        <Empty title={t('not-declared')} hint={t('not-yours')} />
      </div>
    );
  return (
    <section className="panel">
      <h2>{t('declare')}</h2>
      <div className="form-narrow">
        <RecordForm<Declared>
          fields={fields}
          submit={t('declare')}
          busy={declare.isPending}
          refusal={declare.error}
          onSubmit={(values) => declare.mutate({ body: { ...values, cycleId: props.cycleId, unitId: props.unit.id } })}
        />
      </div>
    </section>
  );
}
