import { useEffect, useRef } from 'react';
import type { KeptReport } from '../../../domain/reports/contract.ts';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';
import {
  type Chips,
  chipsOf,
  draftIn,
  paragraphAfterHeading,
  putIn,
  refuseFormats,
  selectedDraft,
  showDraft,
} from './draft-dom.ts';

/** The words of a draft, to be typed in; its numbers stand among them as fixed pieces. */
export function DraftText(props: { report: KeptReport; onChange: (text: string) => void }) {
  const t = useWords(reportWords);
  const say = useSay();
  const host = useRef<HTMLDivElement>(null);
  const chips = useRef<Chips>(new Map());
  const shown = useRef(false);
  const { report } = props;
  // The text is put in once: afterwards it is what was typed, and no later render may take that back.
  useEffect(() => {
    const { current } = host;
    if (!shown.current) {
      chips.current = chipsOf(report.text, report.filled, say, t('blank'));
      showDraft(current!, report.text, chips.current);
      shown.current = true;
    }
    current!.addEventListener('beforeinput', refuseFormats);
    return () => current!.removeEventListener('beforeinput', refuseFormats);
  }, [report, say, t]);
  const tell = () => props.onChange(draftIn(host.current!));
  const carry = (event: React.ClipboardEvent, cut: boolean) => {
    event.preventDefault();
    event.clipboardData.setData('text/plain', selectedDraft());
    if (cut) document.execCommand('delete');
  };
  return (
    <div
      ref={host}
      className="draft-text"
      contentEditable
      suppressContentEditableWarning
      role="textbox"
      aria-multiline="true"
      aria-label={t('text')}
      lang="zh-CN"
      spellCheck={false}
      tabIndex={0}
      onInput={(event) => {
        if ((event.nativeEvent as InputEvent).inputType === 'insertParagraph') paragraphAfterHeading();
        tell();
      }}
      onDrop={(event) => event.preventDefault()}
      onCopy={(event) => carry(event, false)}
      onCut={(event) => carry(event, true)}
      onPaste={(event) => {
        event.preventDefault();
        putIn(event.clipboardData.getData('text/plain'), chips.current);
        tell();
      }}
    />
  );
}
