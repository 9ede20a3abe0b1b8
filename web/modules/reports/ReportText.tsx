import type { FilledFigure, FilledReport } from '../../../domain/reports/contract.ts';
import { closingMarks } from '../../words/punctuation.ts';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';

/** The report as it reads: each number is a button that opens to its records, each blank one that says what is missing. */
export function ReportText(props: { filled: FilledReport; onFigure: (n: number) => void }) {
  const { blocks, figures } = props.filled;
  return blocks.map((block, i) => {
    const pieces = block.pieces.map((piece, j) => {
      const before = block.pieces[j - 1];
      const after = block.pieces[j + 1];
      if ('text' in piece)
        return <span key={j}>{before && 'figure' in before ? piece.text.replace(closingMarks, '') : piece.text}</span>;
      // A button may be left alone at the end of a line, and what closes the sentence would begin the next.
      const mark = after && 'text' in after ? (closingMarks.exec(after.text)?.[0] ?? '') : '';
      return (
        <span key={j} className="nowrap">
          <Figure of={figures[piece.figure]!} onOpen={() => props.onFigure(piece.figure)} />
          {mark}
        </span>
      );
    });
    if (block.kind === 'title')
      return (
        <h2 key={i} className="document-title">
          {pieces}
        </h2>
      );
    if (block.kind === 'heading') return <h3 key={i}>{pieces}</h3>;
    if (block.kind === 'subheading') return <h4 key={i}>{pieces}</h4>;
    return <p key={i}>{pieces}</p>;
  });
}

function Figure(props: { of: FilledFigure; onOpen: () => void }) {
  const t = useWords(reportWords);
  const say = useSay();
  const { display, words } = props.of;
  return (
    <button
      type="button"
      className={display === null ? 'figure-ref blank' : 'figure-ref'}
      title={say(words)}
      aria-label={`${say(words)} ${display ?? t('blank')}`}
      onClick={props.onOpen}
    >
      {display ?? `【${t('blank')}】`}
    </button>
  );
}
