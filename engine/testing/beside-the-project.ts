import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const shared = new URL('../../../shared/', import.meta.url);

const find = (path: string): URL | undefined => {
  const file = new URL(path, shared);
  if (existsSync(file)) return file;
  process.stderr.write(`skipped: no ../shared/${path}\n`);
  return undefined;
};

export interface OracleCase {
  readonly name: string;
  // Each file has its own shapes; the tests read what they compare.
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Reference values computed by other libraries, kept beside the project; undefined on a clone without them. */
export const findOracle = (name: string): readonly OracleCase[] | undefined => {
  const file = find(`oracles/${name}`);
  return file && (JSON.parse(readFileSync(file, 'utf8')) as { cases: OracleCase[] }).cases;
};

/** The text of a data file kept beside the project, unpacked where its name ends in `.gz`. */
export const findData = (path: string): string | undefined => {
  const file = find(`data/${path}`);
  if (!file) return undefined;
  const bytes = readFileSync(file);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};
