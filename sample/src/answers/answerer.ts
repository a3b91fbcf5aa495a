import { createRandom } from '@mesure/engine/random';
import type { Customer, Response } from '../shop/customers.ts';
import type { Answerer } from './answers.ts';

/** A customer of the sample shop. */
export const answererOf = (customer: Customer): Answerer => {
  const liked = new Set([...customer.taste.keys()].map((category) => category.key));
  return {
    id: customer.id,
    response: customer.response,
    ordersPerYear: customer.ordersPerYear,
    bounces: customer.bounces,
    likes: (category) => liked.has(category),
  };
};

const responses: readonly Response[] = ['buys-anyway', 'persuadable', 'unmoved', 'annoyed'];
const shares = [0.12, 0.3, 0.5, 0.08];

/** Somebody behind a made-up address: how they answer is drawn from their id, since nobody knows. */
export const strangerOf = (seed: number, id: string): Answerer => {
  const random = createRandom(seed, `stranger/${id}`);
  return {
    id,
    response: random.weighted(responses, shares),
    ordersPerYear: Math.min(30, 0.4 + random.exponential(1 / 3.6)),
    bounces: false,
    likes: () => random.chance(0.3),
  };
};
