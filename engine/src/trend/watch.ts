import { tell, type Watch } from '../fitting/index.ts';

/** Series between two looks at the watch, where each costs a microsecond or less. */
const SERIES_A_LOOK = 1 << 12;

/** Tells `watch` at every 4,096th of `of` steps (or every `each`th, where a step costs more). */
export const tellEvery = (
  watch: Watch | undefined,
  step: number,
  {
    stage,
    of,
    each = SERIES_A_LOOK,
  }: { readonly stage: string; readonly of: number; readonly each?: number },
): void => {
  if (watch && step % each === 0) tell(watch, stage, step / of);
};
