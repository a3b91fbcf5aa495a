// Draws the pictures of engine/README.md with the library itself, always the same ones.
import { mkdirSync, writeFileSync } from 'node:fs';
import { pictures } from './pictures/index.ts';

const folder = new URL('../docs/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, draw] of Object.entries(pictures)) {
  const svg = draw();
  writeFileSync(new URL(name, folder), svg);
  console.log(`${name}: ${svg.length} bytes`);
}
