import type { FilledReport } from '../../../domain/reports/contract.ts';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';

/** The report as it reads: each number is a button that opens to its records, each blank one that says what is missing. */
export function ReportText(props: { filled: FilledReport; onFigure: (n: number) => void }) {
  const t = useWords(reportWords);
  const say = useSay();
  const { blocks, figures } = props.filled;
  return blocks.map((block, i) => {
    const pieces = block.pieces.map((piece, j) => {
      if ('text' in piece) return <span key={j}>{piece.text}</span>;
      const { display, words } = figures[piece.figure]!;
      return (
        <button
          key={j}
          type="button"
          className={display === null ? 'figure-ref blank' : 'figure-ref'}
          title={say(words)}
          aria-label={`${say(words)} ${display ?? t('blank')}`}
          onClick={() => props.onFigure(piece.figure)}
        >
          {display ?? `【${t('blank')}】`}
        </button>
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
