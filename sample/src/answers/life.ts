import { createRandom } from '@mesure/engine/random';
import { type Answerer, answerOf, effectOf, type Mail } from './answers.ts';

const weekMs = 7 * 86_400_000;

/** A message as it reached somebody. */
export interface Arrived {
  readonly id: string;
  readonly person: Answerer;
  readonly mail: Mail;
  readonly at: Date;
}

export interface Act {
  readonly at: Date;
  readonly kind: 'click' | 'unsubscribe' | 'order';
  readonly person: Answerer;
  /** The message that it answers; none: it would have happened anyway. */
  readonly arrived: Arrived | undefined;
}

/** A message that annoys takes back orders that would have been: with this probability each. */
const lost = ({ person, mail }: Arrived): number => {
  const effect = effectOf(person, mail, 7);
  return effect.without > 0 ? Math.max(0, (effect.without - effect.with) / effect.without) : 0;
};

const answersTo = (seed: number, arrived: Arrived): readonly Act[] => {
  const { person, mail, at } = arrived;
  const effect = effectOf(person, mail, 7);
  const window = { from: at, days: 7 };
  const { clickAt, unsubscribeAt } = answerOf({ seed, occasion: arrived.id }, person, { window, mail });
  const random = createRandom(seed, `moved/${arrived.id}/${person.id}`);
  // Beside what they would do anyway, so that both together give the effect that is stated.
  const moved = effect.with > effect.without ? (effect.with - effect.without) / (1 - effect.without) : 0;
  const orders = random.uniform() < moved;
  const orderAt = new Date(at.getTime() + random.uniform() * weekMs);
  return [
    ...(clickAt ? [{ at: clickAt, kind: 'click' as const, person, arrived }] : []),
    ...(unsubscribeAt ? [{ at: unsubscribeAt, kind: 'unsubscribe' as const, person, arrived }] : []),
    ...(orders ? [{ at: orderAt, kind: 'order' as const, person, arrived }] : []),
  ];
};

/**
 * What everybody does after `start`, drawn week by week for what happens anyway and once per message for what it moves.
 * The same seed, people and messages give the same life, however often and in which steps it is asked for.
 */
export const createLife = (life: {
  readonly seed: number;
  readonly people: readonly Answerer[];
  readonly start: Date;
}) => {
  const weeks = new Map<number, readonly Act[]>();

  const anyway = (week: number): readonly Act[] => {
    const known = weeks.get(week);
    if (known) return known;
    const from = new Date(life.start.getTime() + week * weekMs);
    const acts = life.people.flatMap((person): readonly Act[] => {
      const draw = { seed: life.seed, occasion: `life/${week}` };
      const { orderAt } = answerOf(draw, person, { window: { from, days: 7 }, mail: undefined });
      return orderAt ? [{ at: orderAt, kind: 'order', person, arrived: undefined }] : [];
    });
    weeks.set(week, acts);
    return acts;
  };

  const isLost = (act: Act, arrived: readonly Arrived[]): boolean =>
    arrived.some((message) => {
      const lateMs = act.at.getTime() - message.at.getTime();
      if (message.person.id !== act.person.id || lateMs < 0 || lateMs > weekMs) return false;
      return createRandom(life.seed, `lost/${message.id}/${act.person.id}`).uniform() < lost(message);
    });

  return {
    /** Acts in (from, until], in order of time. */
    between: (
      span: { readonly from: Date; readonly until: Date },
      arrived: readonly Arrived[],
    ): readonly Act[] => {
      const weekOf = (at: Date): number => Math.floor((at.getTime() - life.start.getTime()) / weekMs);
      const acts: Act[] = arrived.flatMap((message) => answersTo(life.seed, message));
      for (let week = Math.max(0, weekOf(span.from)); week <= weekOf(span.until); week += 1)
        acts.push(...anyway(week).filter((act) => !isLost(act, arrived)));
      return acts
        .filter(({ at }) => at > span.from && at <= span.until)
        .toSorted((a, b) => a.at.getTime() - b.at.getTime());
    },
  };
};
