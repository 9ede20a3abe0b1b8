import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { findAgreementKind } from '../../../domain/records/agreements/all.ts';
import {
  type AgreementItem,
  type AgreementKind,
  agreementStateNames,
  agreementStates,
  agreements,
} from '../../../domain/records/agreements/index.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { shownValue } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { ChosenRows } from '../../ui/ListPage.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty } from '../../ui/States.tsx';
import type { Column } from '../../ui/Table.tsx';
import { agreementWords } from '../../words/agreements.ts';
import { dailyWords } from '../../words/daily.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { WorkScreen } from '../work/WorkPage.tsx';
import { DraftButton } from './AgreementForms.tsx';
import { AgreementState } from './AgreementState.tsx';

const limit = 20;
export const sorts = ['changed', 'expiry', 'title'] as const;

/** The agreements of a module, one kind at a time, with the terms that the kind shows in a list. */
export function AgreementList(props: { kinds: readonly string[] }) {
  const [screen] = useScreen<WorkScreen>();
  const name = screen.kind && props.kinds.includes(screen.kind) ? screen.kind : props.kinds[0]!;
  const kind = useItems(findAgreementKind(name)!, 'page');
  return <OfKind key={name} kind={kind} kinds={props.kinds} />;
}

function OfKind(props: { kind: AgreementKind; kinds: readonly string[] }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { kind } = props;
  const { unitId } = useScope();
  const [screen, change] = useScreen<WorkScreen>();
  const offset = screen.offset ?? 0;
  const filter = {
    kind: kind.kind,
    state: agreementStates.find((s) => s === screen.state),
    under: unitId,
    q: screen.q,
    expiring: screen.expiring ? ('true' as const) : undefined,
  };
  const sort = sorts.find((s) => s === screen.sort);
  const columns = useColumns(kind);
  const read = useRead(agreements.list, { query: { ...filter, sort, limit, offset } });
  return (
    <>
      <Filters kind={kind} kinds={props.kinds} sheet={addressOf(agreements.sheet, { query: filter })} />
      <ChosenRows
        id={`agreements.${kind.kind}`}
        caption={say(kind.words)}
        read={read}
        columns={columns}
        rowKey={(a) => a.id}
        offset={offset}
        limit={limit}
        onPage={(to) => change({ offset: to })}
        empty={<Empty title={t('none')} />}
      />
    </>
  );
}

function useColumns(kind: AgreementKind): Column<AgreementItem>[] {
  const t = useWords(agreementWords);
  const say = useSay();
  return [
    {
      key: 'title',
      title: t('title'),
      least: 200,
      show: (a) => (
        <Link to="/agreements/$id" params={{ id: a.id }}>
          {a.title}
        </Link>
      ),
    },
    { key: 'number', title: t('number'), width: 140, off: true, show: (a) => a.number ?? '—' },
    { key: 'unit', title: t('unit'), width: 140, least: 100, show: (a) => a.unitName },
    ...Object.entries(kind.fields).map(([name, said]) => ({
      key: `terms.${name}`,
      title: say(said.words),
      least: said.long ? 200 : 90,
      ...(said.unit || said.scale ? { align: 'end' as const } : {}),
      ...(said.column ? {} : { off: true }),
      show: (a: AgreementItem) => shownValue(said, a.terms[name], say),
    })),
    { key: 'term', title: t('term'), width: 210, show: (a) => `${a.fromDay} – ${a.toDay ?? t('no-end')}` },
    { key: 'signed', title: t('signed'), width: 90, align: 'end', show: (a) => `${a.signed} / ${a.parties}` },
    { key: 'state', title: t('state'), width: 190, show: (a) => <AgreementState agreement={a} /> },
  ];
}

function Filters(props: { kind: AgreementKind; kinds: readonly string[]; sheet: string }) {
  const t = useWords(agreementWords);
  const d = useWords(dailyWords);
  const say = useSay();
  const [screen, change] = useScreen<WorkScreen>();
  return (
    <div className="panel filters">
      <label>
        {d('kind')}
        <Select
          style={{ width: 230 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={props.kind.kind}
          onChange={(value) => change({ kind: value })}
          options={props.kinds.map((k) => ({ value: k, label: say(findAgreementKind(k)!.words) }))}
        />
      </label>
      <label>
        {t('state')}
        <Select
          style={{ width: 130 }}
          allowClear
          value={agreementStates.find((s) => s === screen.state) ?? null}
          onChange={(value) => change({ state: value ?? undefined })}
          options={agreementStates.map((value) => ({ value, label: say(agreementStateNames[value]) }))}
        />
      </label>
      <label>
        {t('sort')}
        <Select
          style={{ width: 160 }}
          value={sorts.find((s) => s === screen.sort) ?? 'changed'}
          onChange={(value) => change({ sort: value === 'changed' ? undefined : value })}
          options={sorts.map((value) => ({ value, label: t(`sort-${value}`) }))}
        />
      </label>
      <SearchBox value={screen.q} label={t('search')} onChange={(value) => change({ q: value })} />
      <Checkbox
        checked={screen.expiring === true}
        onChange={(e) => change({ expiring: e.target.checked ? true : undefined })}
      >
        {t('expiring-only')}
      </Checkbox>
      <DraftButton key={props.kind.kind} kind={props.kind.kind} />
      <Button href={props.sheet}>{t('export')}</Button>
    </div>
  );
}
