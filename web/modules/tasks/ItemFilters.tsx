import { Button, Checkbox, Select } from 'antd';
import { ledgers } from '../../../domain/tasks/contract.ts';
import { ledgerFaultNames, ledgerFaults } from '../../../domain/tasks/rules.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { taskWords } from '../../words/tasks.ts';
import { useSay, useWords } from '../../words/use.ts';
import { filterNames, type TaskScreen, useLedgerQuery, useLedgerUnit } from './screen.ts';
import { useStarChoices } from './stars.ts';

interface Choice {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { value: string; label: string }[];
  readonly width: number;
  readonly onChange: (value: string | undefined) => void;
}

function Choose(props: Choice) {
  return (
    <label>
      {props.label}
      <Select
        style={{ width: props.width }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={props.value ?? null}
        onChange={(value) => props.onChange(value ?? undefined)}
        options={[...props.options]}
      />
    </label>
  );
}

/** Owners of open items at the unit; a unit that has named no person stands under its own name. */
function useOwnerChoices() {
  const t = useWords(taskWords);
  const under = useLedgerUnit();
  const read = useRead(ledgers.owners, { query: { under, limit: 200 } });
  return [
    { value: 'me', label: t('mine') },
    { value: 'none', label: t('nobody') },
    ...(read.data?.items ?? []).map((o) => ({
      value: o.personId ?? `unit:${o.unitId}`,
      label: o.home ? `${o.name} · ${o.home}` : o.name,
    })),
  ];
}

/** The conditions of a list; they stand in the address, and the sheet is exported with the same. */
export function ItemFilters(props: { list: 'tasks' | 'problems' }) {
  const t = useWords(taskWords);
  const say = useSay();
  const [screen, change] = useScreen<TaskScreen>();
  const choices = useStarChoices(useLedgerUnit());
  const owners = useOwnerChoices();
  const query = useLedgerQuery(props.list);
  const owner = screen.ownerUnit === undefined ? screen.owner : `unit:${screen.ownerUnit}`;
  const filtered = filterNames.some((name) => screen[name] !== undefined);
  const flags = ['escalated', 'stale', 'closed', 'here'] as const;
  return (
    <div className="panel filters no-print">
      <Choose
        label={t('star')}
        width={150}
        value={screen.star}
        options={choices.stars}
        onChange={(star) => change({ star, criterion: undefined })}
      />
      <Choose
        label={t('light')}
        width={110}
        value={screen.light}
        options={(['red', 'yellow', 'green', 'none'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(light) => change({ light })}
      />
      <Choose
        label={t('owner')}
        width={190}
        value={owner}
        options={owners}
        onChange={(value) =>
          change(
            value?.startsWith('unit:')
              ? { owner: undefined, ownerUnit: Number(value.slice(5)) }
              : { owner: value, ownerUnit: undefined },
          )
        }
      />
      <Choose
        label={t('criterion')}
        width={220}
        value={screen.criterion}
        options={choices.criteria}
        onChange={(criterion) => change({ criterion })}
      />
      {props.list === 'problems' && (
        <Choose
          label={t('severity')}
          width={110}
          value={screen.severity}
          options={(['key', 'ordinary'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(severity) => change({ severity })}
        />
      )}
      <Choose
        label={t('faults')}
        width={150}
        value={screen.fault}
        options={ledgerFaultNames.map((value) => ({ value, label: say(ledgerFaults[value]) }))}
        onChange={(fault) => change({ fault })}
      />
      <SearchBox value={screen.q} label={t('search')} onChange={(q) => change({ q })} />
      {flags.map((flag) => (
        <Checkbox
          key={flag}
          checked={screen[flag] === true}
          onChange={(e) => change({ [flag]: e.target.checked ? true : undefined })}
        >
          {t(flag)}
        </Checkbox>
      ))}
      {filtered && (
        <Button type="link" onClick={() => change(Object.fromEntries(filterNames.map((n) => [n, undefined])))}>
          {t('clear-filters')}
        </Button>
      )}
      <Button href={addressOf(ledgers.export, { query })} download>
        {t('export')}
      </Button>
    </div>
  );
}
