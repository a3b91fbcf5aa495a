import type { Route } from '@mesure/contract';
import { ApiError, type CallAnswer, type CallOptions, createClient } from '@mesure/contract/client';
import { connectionDoubted, connectionLost, connectionSeen } from './connection.ts';
import { askToSignInAgain } from './expired-session.ts';
import { answeredAfter } from './known-until.ts';

/** An answer that takes longer is asked after. */
const patienceMs = 10_000;
/** What stands between us and a server that is gone answers these. */
const fromBetween = (status: number): boolean => status >= 502 && status <= 504;

const client = createClient({
  baseUrl: window.location.origin,
  fetch: async (...request) => {
    const doubt = setTimeout(() => void connectionDoubted(), patienceMs);
    try {
      const response = await fetch(...request);
      answeredAfter(response);
      if (fromBetween(response.status)) void connectionDoubted();
      else connectionSeen();
      return response;
    } catch (error) {
      const aborted = error instanceof DOMException && error.name === 'AbortError';
      if (!aborted) connectionLost();
      throw error;
    } finally {
      clearTimeout(doubt);
    }
  },
});

export type Given<R extends Route> =
  Partial<CallOptions<R>> extends CallOptions<R> ? [CallOptions<R>?] : [CallOptions<R>];

/**
 * Calls a route of the contract as the person who is signed in. A session that ended in between is asked for once more,
 * over the page as it is, and the call is made again: a form never loses what was typed.
 */
export const call = async <R extends Route>(route: R, ...given: Given<R>): Promise<CallAnswer<R>> => {
  try {
    return await client.call(route, ...given);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
    if (!(await askToSignInAgain())) throw error;
    return client.call(route, ...given);
  }
};

/** The same without asking anybody to sign in again: for the pages before the first sign-in. */
export const callAsGuest = client.call;

/** The bytes of a picture that this server shows, for putting it back. */
export const pictureAt = async (path: string): Promise<Blob> => (await fetch(path)).blob();
