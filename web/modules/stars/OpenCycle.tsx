import { Alert, Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { standards } from '../../../domain/records/standards/index.ts';
import { cycles } from '../../../domain/stars/contract-cycle.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { today } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { boardWords } from '../../words/board.ts';
import { starWords } from '../../words/stars.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';

interface Fields {
  readonly year: number;
  readonly title: string;
  readonly rural?: string;
  readonly urban?: string;
  readonly publicityDays: number;
  readonly approversNeeded: number;
}

const refOf = (key: string | undefined) => {
  if (!key) return null;
  const [id = '', version = ''] = key.split('\n');
  return { id, version };
};

/** Opens a cycle: the year, the standards that decide, the length of publicity, how many must agree. */
export function OpenCycle() {
  const t = useWords(starWords);
  const b = useWords(boardWords);
  const u = useWords(uiWords);
  const say = useSay();
  const can = useCan();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const list = useRead(standards.list, { query: { state: 'published', limit: 100 } }, { when: open });
  const start = useChange(cycles.open, { onDone: () => setOpen(false) });
  const year = Number(today().slice(0, 4));
  const options = (scheme: string) =>
    (list.data?.items ?? [])
      .filter((s) => s.scheme === scheme)
      .map((s) => ({ value: `${s.id}\n${s.version}`, label: `${say(s.title)} ${s.version}` }));
  const submit = ({ rural, urban, ...rest }: Fields) =>
    start.mutate({ body: { ...rest, unitId: me.home.id, rural: refOf(rural), urban: refOf(urban) } });
  const needed = [{ required: true, message: u('required') }];
  return (
    <>
      <ReasonButton type="primary" reason={can('stars.cycle') ? null : b('no-verb')} onClick={() => setOpen(true)}>
        {t('open-cycle')}
      </ReasonButton>
      <Modal open={open} onCancel={() => setOpen(false)} title={t('open-cycle')} footer={null} destroyOnHidden>
        <Form<Fields>
          form={form}
          layout="vertical"
          onFinish={submit}
          initialValues={{ year, title: t('title-of', { year }), publicityDays: 5, approversNeeded: 2 }}
        >
          {start.error && <Alert role="alert" type="error" title={start.error.message} style={{ marginBottom: 16 }} />}
          <Form.Item name="year" label={t('year')} rules={needed}>
            <InputNumber min={2000} max={2100} />
          </Form.Item>
          <Form.Item name="title" label={t('title')} rules={needed}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="rural" label={t('rural-standard')}>
            <Select allowClear options={options('rural')} />
          </Form.Item>
          <Form.Item name="urban" label={t('urban-standard')}>
            <Select allowClear options={options('urban')} />
          </Form.Item>
          <Form.Item name="publicityDays" label={t('publicity-days')} rules={needed}>
            <InputNumber min={1} max={60} />
          </Form.Item>
          <Form.Item name="approversNeeded" label={t('approvers')} rules={needed}>
            <InputNumber min={1} max={20} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={start.isPending}>
            {t('open-cycle')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
