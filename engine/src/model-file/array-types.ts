import { engineError } from '../errors/index.ts';

const types = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  i8: Int8Array,
} as const;

/** Element types a model file can hold. */
export type ArrayType = keyof typeof types;

/** On any buffer, a SharedArrayBuffer too: writing copies. */
export type ArrayOfType =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int8Array;

export const typeOf = (name: string, array: ArrayOfType): ArrayType => {
  for (const [type, made] of Object.entries(types)) if (array instanceof made) return type as ArrayType;
  throw engineError('out_of_range', `a model file cannot hold the type of “${name}”`, { name });
};

/** Where an array lies: `at` bytes into the part behind the header. */
export interface Entry {
  readonly name: string;
  readonly type: ArrayType;
  readonly length: number;
  readonly at: number;
}

/** Bytes of one element; undefined for the name of no type. */
export const bytesPerElement = (type: unknown): number | undefined =>
  typeof type === 'string' && Object.hasOwn(types, type)
    ? types[type as ArrayType].BYTES_PER_ELEMENT
    : undefined;

/** A view of `length` elements, `at` bytes into `bytes`; the place must fit the type's size. */
export const arrayOf = ({ type, length, at }: Entry, bytes: Uint8Array): ArrayOfType =>
  new types[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length);

/**
 * The array of that name and type; throws `damaged` when the file holds no such array.
 *
 * @example const score = takeArray(parts.arrays, 'score', Float64Array)
 */
export const takeArray = <T extends ArrayOfType>(
  arrays: Readonly<Record<string, ArrayOfType>>,
  name: string,
  type: new (length: number) => T,
): T => {
  const array = arrays[name];
  if (array instanceof type) return array;
  throw engineError('damaged', `the model file has no ${type.name} “${name}”`, { name });
};
