/** A line of a page of results. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** A Markdown table and an empty line. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  for (const row of [head, head.map(() => '---'), ...rows]) say(`| ${row.join(' | ')} |`);
  say();
};

/** A difference: its sign is always there. */
export const signed = (x: number, digits = 4): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(digits)}`;
