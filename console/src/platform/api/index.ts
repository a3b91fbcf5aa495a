export { ApiError } from '@mesure/contract/client';
export { call, callAsGuest, pictureAt } from './client.ts';
export { connection, connectionDoubted } from './connection.ts';
export { newerBuild } from './console-build.ts';
export { type ErrorWords, errorWords, reasonInWords } from './error-words.ts';
export { askToSignInAgain, expiredSession, nowInside } from './expired-session.ts';
export { heard, knownUntil } from './known-until.ts';
export {
  keepingBefore,
  keyOf,
  pagesOf,
  queryClient,
  queryOf,
  refresh,
  refreshAll,
  useCall,
} from './queries.ts';
export { createStore, type Store, useStore } from './store.ts';
export { usePages } from './use-pages.ts';
