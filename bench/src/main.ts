import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { bandits } from './benches/bandits.ts';
import { coldStart } from './benches/cold-start.ts';
import { consoleSpeed } from './benches/console.ts';
import { firstCampaign } from './benches/first-campaign.ts';
import { importOrders } from './benches/import.ts';
import { kernelSpeed } from './benches/kernels.ts';
import { lifetime } from './benches/lifetime.ts';
import { proof } from './benches/proof.ts';
import { taste } from './benches/taste.ts';
import { train } from './benches/train.ts';
import { machine } from './measure/machine.ts';

const benches: readonly Bench[] = [
  firstCampaign,
  coldStart,
  importOrders,
  consoleSpeed,
  proof,
  kernelSpeed,
  bandits,
  lifetime,
  train,
  taste,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const say = (line: string) => void process.stderr.write(`${line}\n`);

const [name] = positionals;
const bench = benches.find((candidate) => candidate.name === name);
if (!bench) {
  if (name !== undefined) say(`There is no bench “${name}”.`);
  for (const each of benches) process.stdout.write(`${each.name.padEnd(16)} ${each.about}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const at = new Date().toISOString();
  const result = await bench.run({ say }).catch((error: unknown) => {
    // What it measures is not on this machine: said, and no failure.
    if (!(error instanceof Error) || !error.message.startsWith('skipped:')) throw error;
    say(error.message);
    return { figures: {}, notes: [] };
  });
  const { figures, notes = [] } = result;
  for (const note of notes) say(note);
  if (values.json)
    process.stdout.write(`${JSON.stringify({ bench: bench.name, figures, machine: machine(), at })}\n`);
  else {
    const width = Math.max(...Object.keys(figures).map((figure) => figure.length));
    for (const [figure, value] of Object.entries(figures))
      process.stdout.write(`${figure.padEnd(width)}  ${value}\n`);
  }
}
