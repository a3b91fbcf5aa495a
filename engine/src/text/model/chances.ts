import { softmaxInto } from '../../special/index.ts';
import type { TextModel } from './model.ts';
import { readerOf } from './read-text.ts';

export const chancesOf = ({ temperature }: TextModel, logits: Float64Array): Float64Array => {
  const scaled = logits.map((each) => each / temperature);
  return softmaxInto(scaled, scaled);
};

/**
 * Chances of each class, summing to 1, whatever the text: also of one in an unknown language or without a word, where they
 * mean nothing. `classifyText` says when not to ask. O(length), some 50 µs a tweet.
 *
 * @example textChances(model, 'Super produit') // [0.03, 0.07, 0.9]
 */
export const textChances = (model: TextModel, text: string): Float64Array =>
  chancesOf(model, readerOf(model).read(text).logits);
