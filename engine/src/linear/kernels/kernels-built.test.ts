import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileKernels, moduleText } from '../../../scripts/compile-kernels.ts';

it('the committed bytes are what engine/kernels compiles to', async () => {
  const committed = readFileSync(new URL('./kernels.generated.ts', import.meta.url), 'utf8');
  expect(moduleText(await compileKernels())).toBe(committed);
}, 120_000);
