import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';

/** Chooses a file; the browser's own button speaks the browser's language, this one the page's. */
export function FilePicker(props: {
  label: string;
  accept?: string;
  file: File | null;
  onPick: (file: File | null) => void;
}) {
  const t = useWords(uiWords);
  return (
    <label className="file-pick">
      <span>{props.label}</span>
      <input
        type="file"
        className="sr-only"
        accept={props.accept}
        onChange={(e) => props.onPick(e.target.files?.[0] ?? null)}
      />
      <span className="quiet">{props.file?.name ?? t('no-file')}</span>
    </label>
  );
}
