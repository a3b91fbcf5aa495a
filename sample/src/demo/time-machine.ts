import type { DemoState } from '@mesure/contract/demo';
import type { DemoTime } from '@mesure/server';
import type { DemoClock } from './demo-clock.ts';

export type Answers = { clicks: number; unsubscribes: number; orders: number };

export type Count = (kind: keyof Answers, number?: number) => void;

/** What happens in the demo's world while its time moves. */
export interface World {
  /** Whatever is due by now: messages leave, people answer. Looks at `signal` between its steps. */
  readonly live: (count: Count, signal: AbortSignal) => Promise<void>;
  /** At the end of a move: what was put together on the way arrives. */
  readonly settle: (count: Count) => Promise<void>;
}

export interface TimeMachine extends DemoTime {
  /** The world is ready: from now on time may be moved. */
  readonly open: (world: World) => void;
  /** Lets the move under way end at its next step. */
  readonly close: () => Promise<void>;
}

type Active = Extract<DemoState, { active: true }>;

const hourMs = 3_600_000;

/** Moves the demo's time hour by hour, so that what waits for an hour of somebody's day comes in its turn. */
export const createTimeMachine = ({
  clock,
  startedAt,
}: {
  readonly clock: DemoClock;
  readonly startedAt: Date;
}): TimeMachine => {
  let world: World | undefined;
  let advancing: NonNullable<Active['advancing']> | undefined;
  let halt = new AbortController();
  let last: Active['last'] = null;
  let moving: Promise<void> = Promise.resolve();
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const move = async (live: World, hours: number): Promise<void> => {
    const from = clock.now();
    const to = new Date(from.getTime() + hours * hourMs);
    const { signal } = halt;
    const answers: Answers = { clicks: 0, unsubscribes: 0, orders: 0 };
    const count = (kind: keyof Answers, number = 1): void => {
      answers[kind] += number;
    };
    const progress = (): void => {
      const now = clock.now();
      const done = Math.min(1, (now.getTime() - from.getTime()) / (hours * hourMs));
      advancing = {
        from: from.toISOString(),
        to: to.toISOString(),
        now: now.toISOString(),
        done,
        answers: { ...answers },
        stopping: signal.aborted,
      };
      tell();
    };
    const end = (outcome: NonNullable<Active['last']>['outcome'], message: string | null): void => {
      last = { outcome, at: clock.now().toISOString(), answers: { ...answers }, message };
    };
    progress();
    try {
      while (clock.now() < to && !signal.aborted) {
        clock.set(new Date(Math.min(to.getTime(), clock.now().getTime() + hourMs)));
        await live.live(count, signal);
        clock.save();
        progress();
      }
      await live.settle(count);
      end(signal.aborted ? 'stopped' : 'arrived', null);
    } catch (error) {
      end('failed', error instanceof Error ? error.message : String(error));
    } finally {
      advancing = undefined;
      clock.save();
      tell();
    }
  };

  const state = (): Active => ({
    active: true,
    now: clock.now().toISOString(),
    startedAt: startedAt.toISOString(),
    canAdvance: world !== undefined,
    advancing: advancing ?? null,
    last,
  });

  const stop = (): void => {
    if (!advancing) return;
    halt.abort();
    advancing = { ...advancing, stopping: true };
    tell();
  };

  return {
    state,
    advance: (hours) => {
      if (!world) return 'not_ready';
      if (advancing) return 'moving';
      last = null;
      halt = new AbortController();
      moving = move(world, hours);
      return 'started';
    },
    stop,
    onChange: (listener) => {
      listeners.push(listener);
    },
    open: (ready) => {
      world = ready;
      tell();
    },
    close: async () => {
      stop();
      await moving;
    },
  };
};
