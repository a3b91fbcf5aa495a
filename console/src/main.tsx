import './app/without-eval.ts';
import '@mantine/core/styles.layer.css';
import './app/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '#platform/api';
import { Notices } from '#platform/feedback';
import { theme } from '#platform/theme';
import { noticeUpdates } from '#platform/update';
import { startWords } from '#words';
import { router } from './app/router.tsx';

noticeUpdates();
await startWords();

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
// What locks the page's scrolling behind a dialogue writes a style of its own and looks for its nonce here (get-nonce).
Object.assign(globalThis, { __webpack_nonce__: nonce });
const place = document.getElementById('root');
if (!place) throw new Error('The page has no #root to draw into.');

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <Notices />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
