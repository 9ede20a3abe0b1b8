import { Alert, Button, Modal, Typography } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { adminWords } from '../../words/admin.ts';
import { useWords } from '../../words/use.ts';

type User = z.output<typeof accounts.list.reply>['items'][number];

interface NewUser {
  readonly unit: { readonly id: number };
  readonly name: string;
  readonly title?: string;
  readonly login: string;
  readonly partyMember?: boolean;
}

const limit = 20;

export function Users() {
  const t = useWords(adminWords);
  const [screen, change] = useScreen<{ q?: string; offset?: number }>();
  const [link, setLink] = useState<string | null>(null);
  const offset = screen.offset ?? 0;
  const read = useRead(accounts.list, { query: { q: screen.q, limit, offset } });
  const create = useChange(accounts.create, { onDone: (made) => setLink(made.setupPath) });
  const columns = useColumns(setLink);
  return (
    <>
      <div className="panel filters">
        <SearchBox value={screen.q} label={t('keyword')} onChange={(q) => change({ q })} />
        <span style={{ marginInlineStart: 'auto' }}>
          <AskButton<NewUser, Parameters<typeof create.mutate>[0]>
            label={t('new')}
            button={{ type: 'primary' }}
            change={create as never}
            fields={[
              { name: 'unit', label: t('unit'), kind: 'unit', required: true },
              { name: 'name', label: t('name'), kind: 'text', max: 50, required: true },
              { name: 'title', label: t('post-title'), kind: 'text', max: 50 },
              { name: 'login', label: t('login'), kind: 'text', max: 40, required: true },
              { name: 'partyMember', label: t('party-member'), kind: 'check' },
            ]}
            input={({ unit, ...rest }) => ({ body: { ...rest, unitId: unit.id } })}
          />
        </span>
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('users')}
              columns={columns}
              rows={items}
              rowKey={(x) => x.id}
              startAt={offset}
              empty={<Empty title={t('none')} />}
            />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
            </div>
          </>
        )}
      </Shown>
      <Modal open={link !== null} title={t('link')} footer={null} onCancel={() => setLink(null)}>
        <p>{t('link-lead')}</p>
        <Typography.Paragraph copyable>{link === null ? '' : `${window.location.origin}${link}`}</Typography.Paragraph>
      </Modal>
    </>
  );
}

function useColumns(onLink: (path: string) => void): Column<User>[] {
  const t = useWords(adminWords);
  return [
    { key: 'login', title: t('login'), show: (x) => <code>{x.login}</code>, width: 160 },
    { key: 'name', title: t('name'), show: (x) => x.name, width: 120 },
    { key: 'unit', title: t('unit'), show: (x) => x.unitName },
    {
      key: 'state',
      title: t('state'),
      width: 120,
      show: (x) => (
        <Mark tone={x.disabled ? 'plain' : x.locked ? 'bad' : 'good'}>
          {x.disabled ? t('disabled') : x.locked ? t('locked') : t('active')}
        </Mark>
      ),
    },
    {
      key: 'totp',
      title: t('totp'),
      show: (x) => (x.totp ? t('on') : <span className="quiet">{t('off')}</span>),
      width: 110,
    },
    { key: 'acts', title: t('actions'), align: 'acts', show: (x) => <Acts user={x} onLink={onLink} />, width: 260 },
  ];
}

function Acts(props: { user: User; onLink: (path: string) => void }) {
  const t = useWords(adminWords);
  const { user } = props;
  const params = { id: user.id };
  const disable = useChange(accounts.disable);
  const reset = useChange(accounts.resetLink, { onDone: (made) => props.onLink(made.setupPath) });
  const totp = useChange(accounts.resetTotp);
  const error = disable.error ?? reset.error ?? totp.error;
  return (
    <span className="row">
      {error && <Alert role="alert" type="error" title={error.message} />}
      <Button size="small" loading={reset.isPending} onClick={() => reset.mutate({ params })}>
        {t('link')}
      </Button>
      <Button
        size="small"
        loading={disable.isPending}
        onClick={() => disable.mutate({ params, body: { disabled: !user.disabled } })}
      >
        {user.disabled ? t('enable') : t('disable')}
      </Button>
      {user.totp && (
        <Button size="small" loading={totp.isPending} onClick={() => totp.mutate({ params })}>
          {t('reset-totp')}
        </Button>
      )}
    </span>
  );
}
