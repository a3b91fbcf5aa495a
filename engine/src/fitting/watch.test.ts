import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { type FitProgress, tell, watchPart } from './index.ts';

describe('watch', () => {
  it('is told where a fit is, and a part is told as its part of the whole', () => {
    const heard: FitProgress[] = [];
    const watch = (progress: FitProgress): void => void heard.push(progress);
    tell(watch, 'gram', 0.25);
    tell(watchPart(watch, 0.5, 1), 'factor', 0.5);
    tell(watch, 'rounding', 1 + 1e-12);
    tell(watch, 'nothing', 0 / 0);
    expect(heard).toEqual([
      { stage: 'gram', done: 0.25 },
      { stage: 'factor', done: 0.75 },
      { stage: 'rounding', done: 1 },
      { stage: 'nothing', done: 0 },
    ]);
  });

  it('stops a fit by its answer, also through a part, and nobody has to watch', () => {
    const stopped = (run: () => void): boolean => {
      try {
        run();
      } catch (error) {
        return isEngineError(error, 'cancelled');
      }
      return false;
    };
    expect(stopped(() => tell(() => 'stop', 'gram', 0))).toBe(true);
    expect(
      stopped(() =>
        tell(
          watchPart(() => 'stop', 0, 1),
          'gram',
          0,
        ),
      ),
    ).toBe(true);
    expect(stopped(() => tell(undefined, 'gram', 0))).toBe(false);
    expect(watchPart(undefined, 0, 1)).toBeUndefined();
  });
});
