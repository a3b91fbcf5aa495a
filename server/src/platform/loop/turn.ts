/** One at a time, in the order asked: what must not happen side by side takes turns. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export const createTurn = (): Turn => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
};
