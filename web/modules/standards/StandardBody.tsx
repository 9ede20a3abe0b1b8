import type { Criterion, Star } from '../../../domain/stars/standard.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Empty } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { leadOf } from '../../words/leads.ts';
import { standardWords } from '../../words/standards.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { StandardView } from './StandardPage.tsx';

const points = (hundredths: number) => String(hundredths / 100);
const kindWords = { figure: 'figure', fact: 'fact', check: 'check2', review: 'review' } as const;

/** A standard as a cadre would read it aloud: star by star, criterion by criterion, vetoes, and the file itself. */
export function StandardBody(props: { standard: StandardView }) {
  const t = useWords(standardWords);
  const say = useSay();
  const { standard: s } = props;
  const { stars, vetoes } = s.body;
  const nameOf = (id: string) => {
    const star = stars.find((x) => x.id === id);
    return star ? say(star.name) : id;
  };
  return (
    <>
      {stars.map((star) => (
        <section key={star.id} className="panel">
          <StarHead star={star} nameOf={nameOf} />
          <Criteria star={star} rules={s.rules} />
        </section>
      ))}
      <section className="panel">
        <h2>{t('vetoes')}</h2>
        <Table
          caption={t('vetoes')}
          rows={vetoes}
          rowKey={(v) => v.id}
          empty={<Empty title={t('no-vetoes')} />}
          columns={[
            { key: 'text', title: t('criterion'), show: (v) => say(v.text) },
            {
              key: 'scope',
              title: t('scope'),
              show: (v) => (v.scope === 'all' ? t('all') : nameOf(v.scope)),
              width: 150,
            },
            { key: 'basis', title: t('basis'), show: (v) => `${v.basis.title} ${v.basis.number} ${v.basis.article}` },
          ]}
        />
      </section>
      <Typed standard={s} nameOf={nameOf} />
      <details className="panel no-print">
        <summary>
          <strong>{t('source')}</strong>
        </summary>
        <pre className="source" tabIndex={0}>
          {s.sourceText}
        </pre>
      </details>
    </>
  );
}

/** What nobody but people can supply, so that whoever writes the next version sees what it would cost them. */
function Typed(props: { standard: StandardView; nameOf: (id: string) => string }) {
  const t = useWords(standardWords);
  const say = useSay();
  const { typed } = props.standard;
  if (typed.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('typed')}</h2>
        <span className="quiet">{t('typed-lead')}</span>
      </div>
      <Table
        caption={t('typed')}
        rows={typed}
        rowKey={(c) => c.id}
        columns={[
          { key: 'star', title: t('star'), width: 140, show: (c) => props.nameOf(c.star) },
          { key: 'text', title: t('criterion'), show: (c) => say(c.text) },
          {
            key: 'how',
            title: t('typed-how'),
            show: (c) => t(`typed-${c.why}`, { what: c.asks.map((ask) => say(ask)).join(' · ') }),
          },
        ]}
      />
    </section>
  );
}

function StarHead(props: { star: Star; nameOf: (id: string) => string }) {
  const t = useWords(standardWords);
  const say = useSay();
  const { star } = props;
  const full = star.criteria.reduce((sum, c) => sum + c.points, 0);
  return (
    <div className="panel-head">
      <h2>{say(star.name)}</h2>
      <span className="row quiet">
        <span>{t('criteria', { n: star.criteria.length })}</span>
        <span>{t('full', { n: points(full) })}</span>
        <Mark>{t('pass', { n: points(star.pass) })}</Mark>
        {star.lead && <span>{t('lead2', { who: say(leadOf(star.lead)) })}</span>}
        {star.requires.length > 0 && (
          <span>{t('requires', { stars: star.requires.map(props.nameOf).join(comma()) })}</span>
        )}
      </span>
    </div>
  );
}

function Criteria(props: { star: Star; rules: StandardView['rules'] }) {
  const t = useWords(standardWords);
  const say = useSay();
  const evidence = (c: Criterion) => {
    const { reason } = c.evidence;
    return c.evidence.ask && reason ? (typeof reason === 'string' ? reason : say(reason)) : '';
  };
  const columns: Column<Criterion>[] = [
    {
      key: 'text',
      title: t('criterion'),
      show: (c) => (
        <>
          {say(c.text)} {c.optional && <Mark>{t('optional')}</Mark>}
        </>
      ),
    },
    { key: 'points', title: t('points'), align: 'end', width: 70, show: (c) => points(c.points) },
    {
      key: 'must',
      title: t('must'),
      align: 'end',
      width: 70,
      show: (c) => (c.must === undefined ? '' : points(c.must)),
    },
    { key: 'rule', title: t('rule'), show: (c) => say(props.rules[c.id] ?? { zh: c.rule.type }) },
    {
      key: 'value',
      title: t('value'),
      width: 110,
      show: (c) => <Mark tone={c.value.kind === 'figure' ? 'info' : 'plain'}>{t(kindWords[c.value.kind])}</Mark>,
    },
    { key: 'evidence', title: t('evidence'), show: evidence },
  ];
  return <Table caption={say(props.star.name)} columns={columns} rows={props.star.criteria} rowKey={(c) => c.id} />;
}
