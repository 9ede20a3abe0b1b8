import { Link, useParams } from '@tanstack/react-router';
import { Select } from 'antd';
import type { z } from 'zod';
import { standards } from '../../../domain/records/standards/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { standardWords } from '../../words/standards.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Difference } from './Difference.tsx';
import { StandardBody } from './StandardBody.tsx';

export type StandardView = z.output<typeof standards.get.reply>;

export function StandardPage() {
  const params = useParams({ strict: false }) as { id: string; version: string };
  const read = useRead(standards.get, { params });
  return (
    <section className="page">
      <Shown of={read} rows={12}>
        {(standard) => <StandardShown standard={standard} />}
      </Shown>
    </section>
  );
}

function StandardShown(props: { standard: StandardView }) {
  const t = useWords(standardWords);
  const say = useSay();
  const { standard: s } = props;
  const [screen, change] = useScreen<{ to?: string }>();
  const others = useRead(standards.list, { query: { limit: 100, scheme: s.scheme as 'rural' } });
  useSample(s.sample);
  const all = s.body.stars.reduce((n, star) => n + star.criteria.length, 0);
  const options = (others.data?.items ?? [])
    .filter((o) => o.id !== s.id || o.version !== s.version)
    .map((o) => ({ value: `${o.id} ${o.version}`, label: `${say(o.title)} ${o.version}` }));
  return (
    <>
      <PageHead
        title={`${say(s.title)} ${s.version}`}
        crumbs={[{ key: 'all', node: <Link to="/standards">{t('title')}</Link> }]}
        lead={t('no-typing', { k: all - s.typed.length, all, n: Math.round(s.needNoTyping * 100) })}
        mark={
          <>
            <Mark tone={s.state === 'published' ? 'good' : 'plain'}>{t(s.state)}</Mark>
            {s.sample && <Mark tone="warn">{t('sample')}</Mark>}
          </>
        }
        tools={
          <>
            <Select
              allowClear
              style={{ minWidth: 220 }}
              aria-label={t('compare')}
              placeholder={t('compare')}
              value={screen.to ?? null}
              onChange={(value) => change({ to: value ?? undefined })}
              options={options}
              notFoundContent={t('none')}
            />
            <StandardSteps standard={s} />
            <PrintButton />
          </>
        }
      />
      {screen.to ? <Difference standard={s} to={screen.to} /> : <StandardBody standard={s} />}
    </>
  );
}

function StandardSteps(props: { standard: StandardView }) {
  const t = useWords(standardWords);
  const can = useCan();
  const { standard: s } = props;
  const publish = useChange(standards.publish);
  const withdraw = useChange(standards.withdraw);
  const reason = can('standards.write') ? null : t('no-verb');
  const params = { id: s.id, version: s.version };
  const field = { name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true } as const;
  return (
    <>
      {s.state === 'draft' && (
        <AskButton<{ reason: string }, Parameters<typeof publish.mutate>[0]>
          label={t('publish')}
          lead={<p>{t('publish-lead')}</p>}
          button={{ type: 'primary' }}
          reason={reason}
          change={publish as never}
          fields={[field]}
          input={(body) => ({ params, body })}
        />
      )}
      {s.state === 'published' && (
        <AskButton<{ reason: string }, Parameters<typeof withdraw.mutate>[0]>
          label={t('withdraw')}
          reason={reason}
          change={withdraw as never}
          fields={[field]}
          input={(body) => ({ params, body })}
        />
      )}
    </>
  );
}
