import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { role } from '../../../domain/records/assignments/roles.ts';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useMe } from '../../console/me.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { accountWords } from '../../words/accounts.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';
import { SecondFactor } from './SecondFactor.tsx';
import { PasswordFields } from './PasswordFields.tsx';

export function MePage() {
  const t = useWords(accountWords);
  const say = useSay();
  const me = useMe();
  return (
    <section className="page">
      <PageHead title={t('my-account')} />
      <div className="panel">
        <Facts
          of={[
            [t('name'), me.name],
            [
              t('home'),
              <Link key="home" to="/units/$unitId" params={{ unitId: String(me.home.id) }}>
                {me.home.name}
              </Link>,
            ],
          ]}
        />
      </div>
      <div className="panel">
        <Link to="/points">{t('my-points')} →</Link>
      </div>
      <div className="panel">
        <h2>{t('roles')}</h2>
        <Table
          caption={t('roles')}
          rows={me.roles}
          rowKey={(r) => `${r.role}-${r.unitId}-${r.star}`}
          empty={<Empty title={t('no-roles')} />}
          columns={[
            { key: 'role', title: t('role'), show: (r) => say(role(r.role).words) },
            {
              key: 'unit',
              title: t('unit'),
              show: (r) => (
                <Link to="/units/$unitId" params={{ unitId: String(r.unitId) }}>
                  {r.unitName}
                </Link>
              ),
            },
            { key: 'star', title: t('star'), show: (r) => (r.star ? say(wordsOfStar(r.star)) : '') },
          ]}
        />
      </div>
      <Sessions />
      <SecondFactor />
      <ChangePassword />
    </section>
  );
}

function Sessions() {
  const t = useWords(accountWords);
  const moment = useMoment();
  const sessions = useRead(accounts.sessions);
  const revoke = useChange(accounts.revoke);
  return (
    <div className="panel">
      <h2>{t('sessions')}</h2>
      <Shown of={sessions}>
        {({ items }) => (
          <Table
            caption={t('sessions')}
            rows={items}
            rowKey={(s) => s.id}
            columns={[
              { key: 'agent', title: t('agent'), show: (s) => <span className="small">{s.agent ?? ''}</span> },
              { key: 'address', title: t('address'), show: (s) => s.address ?? '' },
              {
                key: 'since',
                title: t('signed-since'),
                show: (s) => <span className="nowrap">{moment(s.createdAt)}</span>,
              },
              {
                key: 'seen',
                title: t('last-seen'),
                show: (s) => <span className="nowrap">{moment(s.lastSeenAt)}</span>,
              },
              {
                key: 'end',
                title: t('end'),
                align: 'acts',
                show: (s) =>
                  s.current ? (
                    <Mark tone="info">{t('this-one')}</Mark>
                  ) : (
                    <Button size="small" onClick={() => revoke.mutate({ params: { id: s.id } })}>
                      {t('end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Shown>
    </div>
  );
}

function ChangePassword() {
  const t = useWords(accountWords);
  const u = useWords(uiWords);
  const [form] = Form.useForm<{ current: string; next: string }>();
  const change = useChange(accounts.changePassword, { onDone: () => form.resetFields() });
  return (
    <div className="panel">
      <h2>{t('change-password')}</h2>
      <Form
        form={form}
        layout="vertical"
        className="form-narrow"
        requiredMark={false}
        onFinish={({ current, next }) => change.mutate({ body: { current, next } })}
      >
        {change.error && <Alert role="alert" type="error" title={change.error.message} style={{ marginBottom: 16 }} />}
        {change.isSuccess && <Alert role="status" type="success" title={t('changed')} style={{ marginBottom: 16 }} />}
        <Form.Item name="current" label={t('current')} rules={[{ required: true, message: u('required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <PasswordFields />
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('change-password')}
        </Button>
      </Form>
    </div>
  );
}
