import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/use.ts';

const SampleContext = createContext<{ on: boolean; show: (on: boolean) => void }>({ on: false, show: () => undefined });

/** Remembers whether what is on the screen was judged by a sample standard. */
export function SampleProvider(props: { children: ReactNode }) {
  const [on, show] = useState(false);
  return <SampleContext value={{ on, show }}>{props.children}</SampleContext>;
}

/** A page that shows results says with this whether their standard is a sample; the banner stays while it is open. */
export function useSample(sample: boolean | undefined): void {
  const { show } = use(SampleContext);
  useEffect(() => {
    if (sample !== undefined) show(sample);
    return () => show(false);
  }, [sample, show]);
}

export function SampleBanner() {
  const t = useWords(shellWords);
  const { on } = use(SampleContext);
  return on ? (
    <div className="sample" role="note">
      <span aria-hidden="true">△</span>
      {t('sample')}
    </div>
  ) : null;
}
