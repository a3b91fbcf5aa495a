import { type Answer, type Answerer, answerOf, effectOf } from '../answers/answers.ts';

/** A message as its reader has it in the mailbox. */
export interface ReceivedMail {
  readonly to: string;
  /** Tracked links to products, in the order of the message. */
  readonly productLinks: readonly string[];
  /** From List-Unsubscribe. */
  readonly unsubscribeLink: string;
  /** Categories of the products shown. */
  readonly shows: readonly string[];
}

export interface Reader {
  readonly person: Answerer;
  readonly mail: ReceivedMail | undefined;
}

export interface Deed {
  readonly at: Date;
  readonly kind: 'click' | 'unsubscribe' | 'order';
  readonly reader: Reader;
}

/** What everybody does in the window after the campaign, in order of time; people without a mail live on as they would. */
export const deedsOf = (
  readers: readonly Reader[],
  situation: { readonly seed: number; readonly occasion: string; readonly from: Date; readonly days: number },
): readonly Deed[] => {
  const window = { from: situation.from, days: situation.days };
  return readers
    .flatMap((reader) => {
      const answer: Answer = answerOf(situation, reader.person, { window, mail: reader.mail });
      const deeds: Deed[] = [];
      if (answer.clickAt) deeds.push({ at: answer.clickAt, kind: 'click', reader });
      if (answer.unsubscribeAt) deeds.push({ at: answer.unsubscribeAt, kind: 'unsubscribe', reader });
      if (answer.orderAt) deeds.push({ at: answer.orderAt, kind: 'order', reader });
      return deeds;
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
};

/**
 * The simulated truth, as the report estimates it: the mean difference in the probability of an order per person who
 * was meant to get the message, whether or not it reached them (intention to treat).
 */
export const trueLift = (
  mailed: readonly Reader[],
  plan: { readonly days: number; readonly assigned: number },
): number =>
  mailed.reduce((sum, { person, mail }) => {
    if (!mail) return sum;
    const effect = effectOf(person, mail, plan.days);
    return sum + effect.with - effect.without;
  }, 0) / Math.max(1, plan.assigned);
