import type { Random } from '@mesure/engine/random';
import { type Category, categories } from './categories.ts';
import type { Customer } from './customers.ts';
import type { ShopProduct } from './products.ts';
import { weighted } from './weighted.ts';

export interface OrderLine {
  readonly product: ShopProduct;
  readonly quantity: number;
}

export interface Gift {
  readonly recipient: string;
  readonly wrap: boolean;
}

export interface Order {
  readonly id: string;
  readonly customer: Customer;
  readonly at: Date;
  readonly lines: readonly OrderLine[];
  readonly status: 'paid' | 'cancelled' | 'refunded';
  readonly gift: Gift | undefined;
}

const dayMs = 86_400_000;

export interface Shelves {
  readonly of: (category: Category) => readonly ShopProduct[];
}

export const shelve = (products: readonly ShopProduct[]): Shelves => {
  const shelves = Map.groupBy(products, (product) => product.category);
  return { of: (category) => shelves.get(category) ?? [] };
};

/** Where it is pressed for time nobody orders at night: hours drawn around 13:00 and 20:30 of the customer's day. */
const drawMoment = (random: Random, day: Date): Date => {
  const hour = random.chance(0.4) ? 13 + random.normal() * 2 : 20.5 + random.normal() * 1.3;
  return new Date(Math.floor(day.getTime() / dayMs) * dayMs + Math.min(23.9, Math.max(6, hour)) * 3_600_000);
};

const chooseOwn = ({ random, customer, at, shelves }: OrderDraw): ShopProduct => {
  const month = at.getUTCMonth();
  const [category] = weighted(
    random,
    [...customer.taste],
    ([shelf, liking]) => liking * (shelf.season[month] ?? 1),
  );
  return weighted(random, shelves.of(category), (product) => product.appeal);
};

const chooseGift = (random: Random, at: Date, shelves: Shelves): ShopProduct => {
  const month = at.getUTCMonth();
  const category = weighted(random, categories, (shelf) => shelf.giftWeight * (shelf.season[month] ?? 1));
  return weighted(random, shelves.of(category), (product) => product.appeal);
};

/** Products that run out and are bought again: same product, about one cycle later. */
export interface Habit {
  readonly product: ShopProduct;
  due: Date;
}

export interface OrderDraw {
  readonly random: Random;
  readonly customer: Customer;
  readonly at: Date;
  readonly shelves: Shelves;
  readonly habits: Habit[];
  readonly id: string;
}

export const drawOrder = (draw: OrderDraw): Order => {
  const { random, customer, at, shelves, habits, id } = draw;
  const month = at.getUTCMonth();
  const isGift = random.chance(month === 11 ? 0.35 : month === 10 ? 0.2 : 0.07);
  const lines: OrderLine[] = [];
  const seen = new Set<string>();
  const take = (product: ShopProduct, quantity: number): void => {
    if (seen.has(product.sku)) return;
    seen.add(product.sku);
    lines.push({ product, quantity });
  };
  if (isGift) {
    take(chooseGift(random, at, shelves), 1);
    if (random.chance(0.3)) take(chooseGift(random, at, shelves), 1);
  } else {
    for (const habit of habits) {
      if (habit.due <= at && habit.product.category.rebuyDays) {
        take(habit.product, random.chance(0.2) ? 2 : 1);
        habit.due = new Date(
          at.getTime() + habit.product.category.rebuyDays * dayMs * (0.8 + 0.4 * random.uniform()),
        );
      }
    }
    const more = lines.length === 0 ? 1 + Math.floor(random.exponential(1 / 1)) : random.chance(0.4) ? 1 : 0;
    for (let line = 0; line < Math.min(more, 5); line += 1) {
      const product = chooseOwn(draw);
      take(product, random.chance(0.15) ? random.integer(2, 4) : 1);
      const cycle = product.category.rebuyDays;
      if (
        cycle &&
        habits.length < 4 &&
        random.chance(0.6) &&
        !habits.some((habit) => habit.product === product)
      ) {
        habits.push({
          product,
          due: new Date(at.getTime() + cycle * dayMs * (0.8 + 0.4 * random.uniform())),
        });
      }
    }
  }
  const status = random.chance(0.015) ? 'cancelled' : random.chance(0.02) ? 'refunded' : 'paid';
  const gift = isGift
    ? {
        recipient: `${random.choice(['Maman', 'Papa', 'Julie', 'Tom', 'Mamie', 'Alex'])} ${customer.lastName}`,
        wrap: random.chance(0.7),
      }
    : undefined;
  return { id, customer, at, lines, status, gift };
};

/** Everything the customers ordered in [from, until), in order of time. */
export const makeHistory = (
  random: Random,
  shop: { readonly customers: readonly Customer[]; readonly shelves: Shelves },
  period: { readonly from: Date; readonly until: Date },
): readonly Order[] => {
  const orders: Omit<Order, 'id'>[] = [];
  for (const customer of shop.customers) {
    const habits: Habit[] = [];
    const meanGapDays = 365 / customer.ordersPerYear;
    const lastDay = period.until.getTime() - dayMs;
    // Everybody's first order is in the export: that is how the shop came to know them.
    let day = Math.min(
      lastDay - dayMs,
      Math.max(period.from.getTime(), customer.since.getTime()) + random.exponential(1 / 60) * dayMs,
    );
    while (day < lastDay) {
      const at = drawMoment(random, new Date(day));
      orders.push(drawOrder({ random, customer, at, shelves: shop.shelves, habits, id: '' }));
      // Some leave for good: two years on average.
      if (random.chance(Math.min(0.5, meanGapDays / 730))) break;
      const nextHabit = Math.min(...habits.map((habit) => habit.due.getTime()), Number.POSITIVE_INFINITY);
      const nextVisit = day + random.exponential(1 / meanGapDays) * dayMs;
      day = Math.max(day + dayMs, Math.min(nextVisit, nextHabit + random.exponential(1 / 4) * dayMs));
    }
  }
  return orders
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((order, index) => ({ ...order, id: `A${100_001 + index}` }));
};
