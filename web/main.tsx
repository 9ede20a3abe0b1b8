import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { StrictMode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Lang } from '../domain/words.ts';
import { queryClient } from './api/hooks.ts';
import { router } from './console/router.tsx';
import { SampleProvider } from './console/SampleBanner.tsx';
import { theme } from './console/theme.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/pieces.css';
import './styles/document.css';
import { LanguageContext, rememberedLang, rememberLang } from './words/use.ts';

function App() {
  const [lang, setLang] = useState<Lang>(() => {
    const first = rememberedLang() ?? 'zh';
    // Before anything is drawn: the marks between words follow the language of the page.
    rememberLang(first);
    return first;
  });
  const language = useMemo(
    () => ({
      lang,
      setLang: (next: Lang) => {
        // The cookie goes first: what is read again now comes back in the new language.
        rememberLang(next);
        setLang(next);
        void queryClient.invalidateQueries();
      },
    }),
    [lang],
  );
  return (
    <LanguageContext value={language}>
      <ConfigProvider theme={theme} locale={lang === 'zh' ? zh : en} button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={queryClient}>
          <SampleProvider>
            <RouterProvider router={router} />
          </SampleProvider>
        </QueryClientProvider>
      </ConfigProvider>
    </LanguageContext>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
