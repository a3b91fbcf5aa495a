import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Orders } from '@mesure/engine/lifetime';

const shared = new URL('../../../../shared/', import.meta.url);

/** Purchases of CDNOW's customers, all or one in ten: id, date, CDs, amount in columns. */
export const readCdnow = (part: 'full' | 'sample'): Orders => {
  const name = part === 'full' ? 'CDNOW_master.txt.gz' : 'CDNOW_sample.txt';
  const file = new URL(`data/cdnow/${name}`, shared);
  if (!existsSync(file)) throw new Error('skipped: no ../shared/data/cdnow');
  const bytes = readFileSync(file);
  const text = (part === 'full' ? gunzipSync(bytes) : bytes).toString('utf8');
  const ids = new Map<string, number>();
  const [person, atMs, amount]: [number[], number[], number[]] = [[], [], []];
  for (const [, id = '', year, month, day, paid] of text.matchAll(
    /^\s*(\d+)\s+(?:\d+\s+)?(\d{4})(\d\d)(\d\d)\s+\d+\s+([\d.]+)\s*$/gm,
  )) {
    if (!ids.has(id)) ids.set(id, ids.size);
    person.push(ids.get(id) ?? 0);
    atMs.push(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    amount.push(Number(paid));
  }
  return {
    people: ids.size,
    person: Uint32Array.from(person),
    atMs: Float64Array.from(atMs),
    amount: Float64Array.from(amount),
  };
};

/** The published reference values of a case, or nothing where the file is not beside the project. */
export const oracleOf = (name: string): Readonly<Record<string, number>> | undefined => {
  const file = new URL('oracles/lifetime-value.json', shared);
  if (!existsSync(file)) return undefined;
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { name: string; expected: Record<string, number> }[];
  };
  return cases.find((each) => each.name === name)?.expected;
};
