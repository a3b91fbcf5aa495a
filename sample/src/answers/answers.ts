import { createRandom } from '@mesure/engine/random';
import type { Response } from '../shop/customers.ts';

/** Somebody who may answer: the truth about them that only the simulator knows. */
export interface Answerer {
  readonly id: string;
  readonly response: Response;
  /** Orders per year when nobody writes. */
  readonly ordersPerYear: number;
  readonly bounces: boolean;
  readonly likes: (category: string) => boolean;
}

/** How a message changes what one person does in the week after it: the truth that the report is compared with. */
export interface Effect {
  /** Probability of an order in the window when nobody writes. */
  readonly without: number;
  /** The same when this message arrives. */
  readonly with: number;
  readonly clicks: number;
  readonly unsubscribes: number;
}

export interface Window {
  readonly from: Date;
  readonly days: number;
}

export interface Mail {
  /** The categories of the products it shows. */
  readonly shows: readonly string[];
}

const base = { 'buys-anyway': 0.24, persuadable: 0, unmoved: 0, annoyed: 0 } as const;
const gain = { 'buys-anyway': 0, persuadable: 0.22, unmoved: 0, annoyed: -0.02 } as const;
const clicks = { 'buys-anyway': 0.18, persuadable: 0.3, unmoved: 0.04, annoyed: 0.01 } as const;
const unsubscribes = { 'buys-anyway': 0.001, persuadable: 0.001, unmoved: 0.004, annoyed: 0.22 } as const;

const clamp = (probability: number): number => Math.min(0.98, Math.max(0, probability));

/** A message about shelves that a person likes moves them more than one that shows anything. */
const relevance = (customer: Answerer, mail: Mail): number => {
  if (mail.shows.length === 0) return 0.8;
  const liked = mail.shows.filter((category) => customer.likes(category)).length / mail.shows.length;
  return 0.7 + 0.5 * liked;
};

export const effectOf = (customer: Answerer, mail: Mail, days: number): Effect => {
  const { response } = customer;
  const without = clamp(base[response] + 1 - Math.exp((-0.35 * customer.ordersPerYear * days) / 365));
  const moved = customer.bounces ? 0 : gain[response] * (gain[response] > 0 ? relevance(customer, mail) : 1);
  return {
    without,
    with: clamp(without + moved),
    clicks: clicks[response] * relevance(customer, mail),
    unsubscribes: unsubscribes[response],
  };
};

export interface Answer {
  readonly clickAt: Date | undefined;
  readonly orderAt: Date | undefined;
  readonly unsubscribeAt: Date | undefined;
}

const hourMs = 3_600_000;

/**
 * What one person does in the window. The same person, seed and window draw the same numbers whether a mail came or not,
 * so that the two worlds differ by the mail alone.
 */
export const answerOf = (
  draw: { readonly seed: number; readonly occasion: string },
  customer: Answerer,
  situation: { readonly window: Window; readonly mail: Mail | undefined },
): Answer => {
  const random = createRandom(draw.seed, `${draw.occasion}/${customer.id}`);
  const { window, mail } = situation;
  const effect = effectOf(customer, mail ?? { shows: [] }, window.days);
  const after = (hours: number) =>
    new Date(window.from.getTime() + Math.min(hours, window.days * 24 - 1) * hourMs);
  const [orderDraw, clickDraw, leaveDraw] = [random.uniform(), random.uniform(), random.uniform()];
  const [orderHours, clickHours, leaveHours] = [
    random.uniform() * window.days * 24,
    0.2 + random.exponential(1 / 8),
    0.1 + random.exponential(1 / 5),
  ];
  const orders = orderDraw < (mail ? effect.with : effect.without);
  return {
    orderAt: orders ? after(orderHours) : undefined,
    clickAt: mail && clickDraw < effect.clicks ? after(clickHours) : undefined,
    unsubscribeAt: mail && leaveDraw < effect.unsubscribes ? after(leaveHours) : undefined,
  };
};
