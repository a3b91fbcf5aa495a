// The tables of engine/README.md: `npm run results` makes them all in some minutes, `npm run results -- gift` one.
import { readdirSync } from 'node:fs';

const folder = new URL('./results/', import.meta.url);
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no table “${unknown.join('”, “')}”; there are ${known.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : known) {
    process.stdout.write(`\n# ${name}\n\n`);
    await import(new URL(`${name}.ts`, folder).href);
  }
}
