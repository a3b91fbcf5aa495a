/** Where a command writes: progress to the error stream, so that the output can be piped. */
export interface Terminal {
  readonly print: (line: string) => void;
  /** Overwrites the last progress line on a terminal; prints nothing elsewhere. */
  readonly progress: (line: string) => void;
  readonly endProgress: () => void;
}

export const createTerminal = (): Terminal => {
  const live = process.stderr.isTTY;
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    progress: (line) => {
      if (live) process.stderr.write(`\r\u001B[K${line}`);
    },
    endProgress: () => {
      if (live) process.stderr.write('\r\u001B[K');
    },
  };
};

/** Columns padded to their widest cell; numbers to the right. */
export const table = (rows: readonly (readonly (string | number)[])[]): string => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, String(cell).length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
