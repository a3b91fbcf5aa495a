// Compiles engine/kernels/*.as and writes the bytes as a module. With --check it writes nothing and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileKernels, moduleText } from './compile-kernels.ts';

const target = fileURLToPath(new URL('../src/linear/kernels/kernels.generated.ts', import.meta.url));
const bytes = await compileKernels();
const text = moduleText(bytes);
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
  console.log(`${bytes.length} bytes written to ${target}`);
} else if (readFileSync(target, 'utf8') !== text) {
  console.log('engine/kernels and kernels.generated.ts differ: run node engine/scripts/build-kernels.ts');
  process.exitCode = 1;
}
