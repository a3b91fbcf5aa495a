import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const file = fileURLToPath(new URL('../../../../shared/data/digits/digits.csv.gz', import.meta.url));

/** An image as 64 pixels in [0, 1] and a 1, and the digit that it shows. */
export interface Digit {
  readonly context: Float64Array;
  readonly label: number;
}

export const FEATURES = 65;
export const ACTIONS: readonly string[] = Array.from({ length: 10 }, (_, label) => String(label));

export const readDigits = (): readonly Digit[] => {
  if (!existsSync(file)) throw new Error('skipped: no ../shared/data/digits');
  const [, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const values = line.split(',').map(Number);
    const context = Float64Array.from({ length: FEATURES }, (_, i) => (i < 64 ? (values[i] ?? 0) / 16 : 1));
    return { context, label: values[64] ?? 0 };
  });
};
