import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Asker {
  /** The answer without the space around it; the fallback for an empty one. */
  readonly ask: (question: string, fallback?: string) => Promise<string>;
  /** The same, and nothing of the answer is shown. */
  readonly askHidden: (question: string) => Promise<string>;
  readonly close: () => void;
}

/** Questions on the error stream, so that the output can be piped. */
export const createAsker = (): Asker => {
  let hidden = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hidden) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  return {
    ask: async (question, fallback = '') =>
      (await lines.question(`${question}${fallback && ` [${fallback}]`}: `)).trim() || fallback,
    askHidden: async (question) => {
      process.stderr.write(`${question}: `);
      hidden = true;
      try {
        return await lines.question('');
      } finally {
        hidden = false;
        process.stderr.write('\n');
      }
    },
    close: () => lines.close(),
  };
};
