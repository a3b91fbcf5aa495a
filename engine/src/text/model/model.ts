import type { TextLanguage } from '../normalise/index.ts';
import type { ReadSettings } from './settings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What was learned; data only. logits = (intercept + Σ value × weight) per class; chances = softmax(logits / temperature). */
export interface TextModel {
  readonly kind: 'text_model';
  readonly classes: readonly string[];
  readonly languages: readonly TextLanguage[];
  readonly read: ReadSettings;
  readonly vocabulary: Vocabulary;
  /** One row of `classes` weights for each number in use. */
  readonly weights: Float32Array;
  /** One for each class. */
  readonly intercepts: Float64Array;
  readonly temperature: number;
  readonly diagnostics: {
    readonly texts: number;
    /** Texts of each class. */
    readonly perClass: readonly number[];
    /** When the first and the last text were written, ms since 1970. */
    readonly fromMs: number;
    readonly untilMs: number;
    /** Log loss on the latest fifth of a model of the others, for each inverse penalty tried. */
    readonly tried: readonly { readonly inversePenalty: number; readonly logLoss: number }[];
    readonly inversePenalty: number;
    /** False where 200 iterations were not enough; the weights are then near the minimum, not at it. */
    readonly settled: boolean;
  };
}

/**
 * `too_few_texts`: a class has fewer than 20 texts, or fewer than 5 among the latest fifth (`class` says which) · `words_say_nothing`:
 * on the latest fifth the model was no better than equal chances of all classes (with classes of unequal size it is, by their shares alone)
 */
export interface NoTextModel {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_texts' | 'words_say_nothing';
  readonly class?: string;
  readonly found?: number;
  readonly limit?: number;
}
