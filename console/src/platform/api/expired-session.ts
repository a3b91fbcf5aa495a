import { createStore } from './store.ts';

/** Open while somebody has to sign in again; every call that waits is answered at once. */
export const expiredSession = createStore<{ readonly answer: (signedIn: boolean) => void } | null>(null);

let waiting: Promise<boolean> | null = null;

/** Whether the pages behind the sign-in are open: before, a missing session is not an expired one. */
let inside = false;
export const nowInside = (value: boolean): void => {
  inside = value;
};

export const askToSignInAgain = (): Promise<boolean> => {
  if (!inside) return Promise.resolve(false);
  waiting ??= new Promise<boolean>((resolve) => {
    expiredSession.write({
      answer: (signedIn) => {
        waiting = null;
        expiredSession.write(null);
        resolve(signedIn);
      },
    });
  });
  return waiting;
};
