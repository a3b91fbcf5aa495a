import type { Random } from '@mesure/engine/random';

/** One of the choices, each as likely as its weight says. */
export const weighted = <T>(random: Random, choices: readonly T[], weight: (choice: T) => number): T =>
  random.weighted(choices, choices.map(weight));
