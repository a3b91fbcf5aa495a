import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  readonly once: boolean;
  readonly json: boolean;
  readonly reset: boolean;
  /** Real order files; empty: the sample shop. */
  readonly orders: readonly string[];
  readonly customers: number;
  readonly seed: number;
}

export const usage = `Usage: npm run demo                       the sample shop and its first campaign, then the server stays up
       npm run demo -- --once              the loop without a browser, a summary, and the end
         --json                            the summary as JSON, on the last line
         --reset                           start afresh (alone: forget the demo's data and end)
         --orders FILE…                    the same loop on your own order export (.csv, .csv.gz)
         --customers N --seed N            another sample shop (5000 and 1)`;

export class WrongOptions extends Error {}

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new WrongOptions(`--${name} needs a whole number of at least ${least}, not “${text}”.\n${usage}`);
  return value;
};

export const readOptions = (args: readonly string[]): DemoOptions => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        orders: { type: 'string', multiple: true, default: [] },
        customers: { type: 'string', default: '5000' },
        seed: { type: 'string', default: '1' },
      },
    });
    const orders = [...values.orders, ...positionals];
    if (positionals.length > 0 && values.orders.length === 0)
      throw new WrongOptions(
        `“${positionals[0]}” is not an option. Order files come after --orders.\n${usage}`,
      );
    const missing = orders.find((file) => !existsSync(file));
    if (missing !== undefined) throw new WrongOptions(`${missing}: there is no such file.`);
    return {
      once: values.once,
      json: values.json,
      reset: values.reset,
      orders,
      customers: wholeNumber('customers', values.customers, 100),
      seed: wholeNumber('seed', values.seed, 0),
    };
  } catch (error) {
    if (error instanceof WrongOptions) throw error;
    throw new WrongOptions(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
};
