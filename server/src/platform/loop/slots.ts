/** So many at a time, the others in the order asked. */
export interface Slots {
  readonly acquire: () => Promise<void>;
  readonly release: () => void;
}

export const createSlots = (size: number): Slots => {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return {
    acquire: async () => {
      if (busy < size) busy += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    // Whoever waits takes the slot over: `busy` stays, so that nobody slips in between.
    release: () => {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    },
  };
};
