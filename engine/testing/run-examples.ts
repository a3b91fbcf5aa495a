import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('..', import.meta.url));

/** The `ts` blocks of a Markdown text. */
export const examplesOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

/** What `value; // = expected` compares with: numbers to the digits shown, records by the keys shown. */
const CHECK = `
const agree = (found, wanted, digits) => {
  if (typeof wanted === 'number') return Math.abs(found - wanted) <= digits * (1 + 1e-9);
  if (wanted === null || typeof wanted !== 'object') return Object.is(found, wanted);
  return Object.entries(wanted).every(([key, value]) => agree(found?.[key], value, digits));
};
let checked = 0;
const check = (found, wanted, text) => {
  // Half a unit of the last digit shown.
  const digits = Math.min(...(text.match(/[0-9][0-9.]*(e-?[0-9]+)?/g) ?? ['0']).map((word) => {
    const [mantissa, exponent = '0'] = word.split('e');
    return 0.5 * 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length);
  }));
  if (!agree(found, wanted, digits)) throw new Error(\`the README says \${text}, found \${JSON.stringify(found)}\`);
  checked++;
};
process.on('exit', () => console.log(\`\${checked} checked\`));
`;

const withChecks = (code: string): string =>
  code.replaceAll(
    /^(\S.*);? \/\/ = (.+)$/gm,
    (_line, expression: string, wanted: string) =>
      `check((${expression.replace(/;$/, '')}), (${wanted}), ${JSON.stringify(wanted)});`,
  );

/** Runs a block as a program inside the package, so that it imports as a user would. */
export const runExample = (code: string): { readonly status: number | null; readonly output: string } => {
  const imports = code.match(/^import [^;]*;$/gm) ?? [];
  const body = withChecks(imports.reduce((rest, line) => rest.replace(line, ''), code));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--eval', `${imports.join('\n')}\n${CHECK}\n${body}`],
    { cwd: engine, encoding: 'utf8' },
  );
  return { status, output: `${stdout}${stderr}` };
};
