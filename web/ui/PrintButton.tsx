import { Button } from 'antd';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';

export function PrintButton() {
  const t = useWords(uiWords);
  return <Button onClick={() => window.print()}>{t('print')}</Button>;
}
