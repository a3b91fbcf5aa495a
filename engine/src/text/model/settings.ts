import { checkPositive, engineError } from '../../errors/index.ts';
import type { TextLanguage } from '../normalise/index.ts';

export interface TextModelSettings {
  /** Names of the classes, two or more; `negative`, `neutral`, `positive` unless said. */
  readonly classes?: readonly string[];
  /** Languages of the texts; others are not answered. Both unless said. */
  readonly languages?: readonly TextLanguage[];
  /** N-grams are hashed to 2^bits numbers, 12 to 22; 20 unless said. */
  readonly bits?: number;
  /** Longest run of words, 1 or 2; 2 unless said. */
  readonly words?: 1 | 2;
  /** Shortest and longest piece of a word in characters, 1 to 8; [2, 5] unless said. */
  readonly pieces?: readonly [number, number];
  /** N-grams in fewer texts are left out, >= 1; 2 unless said. */
  readonly minTexts?: number;
  /** Words a negation reaches; 4 unless said. */
  readonly negationReach?: number;
  /**
   * Tried inverse penalties, as liblinear's C: Σ loss + |weights|² / 2C. 0.3, 1, 3, 10, 30 unless said; the one with the least
   * log loss on the latest fifth is taken.
   */
  readonly inversePenalties?: readonly number[];
  /** Every class weighs the same in the fit; the chances are brought back to the real shares. True unless said. */
  readonly balance?: boolean;
  /** Most texts used; beyond, the latest are. 100,000 unless said. */
  readonly maxTexts?: number;
}

/** All settings that scoring needs; stored with the model. */
export interface ReadSettings {
  readonly bits: number;
  readonly words: 1 | 2;
  readonly pieces: readonly [number, number];
  readonly negationReach: number;
}

export interface FullSettings extends ReadSettings {
  readonly classes: readonly string[];
  readonly languages: readonly TextLanguage[];
  readonly minTexts: number;
  readonly inversePenalties: readonly number[];
  readonly balance: boolean;
  readonly maxTexts: number;
}

const whole = (name: string, value: number, [low, high]: readonly [number, number]): number => {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw engineError('out_of_range', `${name} must be a whole number from ${low} to ${high}, got ${value}`, {
    name,
  });
};

export const fullSettings = (given: TextModelSettings): FullSettings => {
  const { classes = ['negative', 'neutral', 'positive'], languages = ['fr', 'en'] } = given;
  if (new Set(classes).size !== classes.length || classes.length < 2 || classes.length > 255)
    throw engineError('out_of_range', 'classes must be 2 to 255 different names', {
      classes: classes.length,
    });
  if (languages.length === 0) throw engineError('empty_input', 'a text model needs a language');
  for (const language of languages)
    if (language !== 'fr' && language !== 'en')
      throw engineError('unknown_key', `texts in “${language as string}” cannot be learned, only fr and en`, {
        language,
      });
  const pieces = given.pieces ?? [2, 5];
  const { inversePenalties = [0.3, 1, 3, 10, 30] } = given;
  if (inversePenalties.length === 0) throw engineError('empty_input', 'inversePenalties is empty');
  for (const each of inversePenalties) checkPositive('inversePenalties', each);
  return {
    classes,
    languages,
    bits: whole('bits', given.bits ?? 20, [12, 22]),
    words: whole('words', given.words ?? 2, [1, 2]) as 1 | 2,
    pieces: [whole('pieces[0]', pieces[0], [1, 8]), whole('pieces[1]', pieces[1], [pieces[0], 8])],
    minTexts: whole('minTexts', given.minTexts ?? 2, [1, 1e6]),
    negationReach: whole('negationReach', given.negationReach ?? 4, [0, 100]),
    // From strong to weak penalties: each fit starts at the one before.
    inversePenalties: [...inversePenalties].sort((a, b) => a - b),
    balance: given.balance ?? true,
    maxTexts: whole('maxTexts', given.maxTexts ?? 100_000, [1, 10_000_000]),
  };
};
