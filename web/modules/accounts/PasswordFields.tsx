import { Form, Input } from 'antd';
import { accountWords } from '../../words/accounts.ts';
import { uiWords } from '../../words/ui.ts';
import { useWords } from '../../words/use.ts';

/** A new password, typed twice; the rule is said beforehand. */
export function PasswordFields() {
  const t = useWords(accountWords);
  const u = useWords(uiWords);
  return (
    <>
      <Form.Item
        name="next"
        label={t('new-password')}
        extra={t('rule-length')}
        rules={[
          { required: true, message: u('required') },
          { min: 10, message: t('rule-length') },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('again')}
        dependencies={['next']}
        rules={[
          { required: true, message: u('required') },
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              !value || value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('not-same'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
