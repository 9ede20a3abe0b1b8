import { Button } from 'antd';
import { useState } from 'react';
import { type ProjectPage, projects } from '../../../domain/projects/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

type Line = ProjectPage['sources'][number];

/** Sums of a project's book by account and source, each of which opens to the postings that it is made of. */
export function MoneyLines(props: { id: string; title: string; lines: readonly Line[] }) {
  const t = useWords(projectWords);
  const say = useSay();
  const [open, setOpen] = useState<Line | null>(null);
  const nameOf = (l: Line) => [say(l.words), l.sourceWords && say(l.sourceWords)].filter(Boolean).join(' · ');
  return (
    <section className="panel stack">
      <h2>{props.title}</h2>
      <Table
        caption={props.title}
        numbered={false}
        cards={false}
        rows={props.lines}
        rowKey={(l) => `${l.account} ${l.fundSource}`}
        empty={<Empty title={t('no-money')} />}
        columns={[
          { key: 'name', title: t('account'), align: 'known-by', show: nameOf },
          {
            key: 'amount',
            title: t('amount'),
            align: 'end',
            width: 160,
            show: (l) => (
              <Button
                type="link"
                aria-label={`${t('open')} ${nameOf(l)} ${yuan(l.amountFen)}`}
                onClick={() => setOpen(l)}
              >
                {yuan(l.amountFen)}
              </Button>
            ),
          },
        ]}
      />
      {open && <Postings id={props.id} line={open} name={nameOf(open)} />}
    </section>
  );
}

function Postings(props: { id: string; line: Line; name: string }) {
  const t = useWords(projectWords);
  const { account, fundSource } = props.line;
  const source = account.startsWith('income:') ? (fundSource ?? 'none') : undefined;
  const read = useRead(projects.postings, {
    params: { id: props.id },
    query: { account, fundSource: source, limit: 100 },
  });
  return (
    <Shown of={read}>
      {({ items, sumFen }) => {
        const title = t('postings', { name: props.name, sum: yuan(sumFen) });
        return (
          <>
            <h3>{title}</h3>
            <Table
              caption={title}
              numbered={false}
              rows={items.map((e, i) => ({ ...e, at: i }))}
              rowKey={(e) => e.at}
              columns={[
                { key: 'day', title: t('day'), width: 110, show: (e) => e.onDay },
                { key: 'text', title: t('text'), show: (e) => `${e.text}${aside(e.accountName)}` },
                { key: 'document', title: t('document'), show: (e) => e.document ?? '—' },
                { key: 'amount', title: t('amount'), align: 'end', width: 130, show: (e) => yuan(e.amountFen) },
              ]}
            />
          </>
        );
      }}
    </Shown>
  );
}
