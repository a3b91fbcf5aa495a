import { engineError } from '../errors/index.ts';
import { bytesPerElement, type Entry } from './array-types.ts';
import type { Plain } from './plain.ts';

export interface Header {
  readonly kind: string;
  readonly version: number;
  readonly about: Plain;
  readonly arrays: readonly Entry[];
}

export const damagedFile = (what: string): Error =>
  engineError('damaged', `the model file is damaged: ${what}`, { what });

type Unknown = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether the entry is an array of a known type that lies within `room` bytes, at a place that its type can have. */
const liesWithin = (entry: unknown, room: number): entry is Entry => {
  if (!isObject(entry)) return false;
  const { name, type, length, at } = entry;
  const size = bytesPerElement(type);
  return (
    typeof name === 'string' &&
    size !== undefined &&
    isCount(length) &&
    isCount(at) &&
    at % size === 0 &&
    at + length * size <= room
  );
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damagedFile('its header cannot be read');
  }
};

/** The header that `bytes` hold; throws `damaged` unless it describes arrays within the `room` bytes behind it. */
export const checkedHeader = (bytes: Uint8Array, room: number): Header => {
  const header = parsed(bytes);
  if (!isObject(header) || typeof header['kind'] !== 'string' || typeof header['version'] !== 'number')
    throw damagedFile('its header does not say what it is');
  if (!isObject(header['about'])) throw damagedFile('its header says nothing about the model');
  const { arrays } = header;
  if (!Array.isArray(arrays) || !arrays.every((entry) => liesWithin(entry, room)))
    throw damagedFile('its header does not fit its length');
  if (new Set(arrays.map(({ name }) => name)).size < arrays.length)
    throw damagedFile('two of its arrays have one name');
  return header as unknown as Header;
};
