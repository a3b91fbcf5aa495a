import { tell, type Watch } from '../../fitting/index.ts';
import type { Pulse } from '../orders/pulse.ts';

export interface Steady {
  /** What is told through it never falls. */
  readonly watch: Watch | undefined;
  /** Says again where the fit is, from within long work. */
  readonly pulse: Pulse;
}

/** A fit makes many descents, each of which counts from 0 and none of which knows how long an evaluation takes. */
export const steadyWatch = (watch: Watch | undefined): Steady => {
  if (!watch) return { watch, pulse: () => undefined };
  let last = { stage: 'group', done: 0 };
  return {
    watch: ({ stage, done }) => {
      last = { stage, done: Math.max(last.done, done) };
      return watch(last);
    },
    pulse: () => tell(watch, last.stage, last.done),
  };
};
