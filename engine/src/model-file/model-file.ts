import { engineError } from '../errors/index.ts';
import { murmur3 } from '../random/index.ts';
import { type ArrayOfType, arrayOf, type Entry, typeOf } from './array-types.ts';
import { checkedHeader, damagedFile, type Header } from './header.ts';
import type { Plain } from './plain.ts';

export interface ModelParts {
  /** Which model this is, as `ease` or `bg-nbd`. */
  readonly kind: string;
  /** Version of that model's parts, a whole number from 1; raise it when their meaning changes. */
  readonly version: number;
  /** Settings and small figures, by name: an object; reading refuses anything else. */
  readonly about: Plain;
  /** The large parts, by name. */
  readonly arrays: Readonly<Record<string, ArrayOfType>>;
}

const MAGIC = 0x4d_45_53_4d; // “MESM”, read as little-endian
const FORMAT = 1;
/** Magic, format, length of the header, a spare word, and the checksum's four words. */
const PREFIX = 32;
/** Arrays begin at multiples of this, so that every type is a view and nothing is copied. */
const ALIGN = 16;

const roundUp = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const requireLittleEndian = (): void => {
  if (!littleEndian)
    throw engineError('version_mismatch', 'model files need a little-endian machine', { wanted: 'little' });
};

/** JSON has no NaN and no infinity: it would write null in silence. */
const plainText = (header: Header): string =>
  JSON.stringify(header, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw engineError('not_finite', `a model file cannot hold ${value} in “${key}”; use an array`, { key });
    return value;
  });

/**
 * Writes a model as bytes: a prefix of 32 bytes (magic, format, header length, 128-bit checksum), a JSON header, then
 * the arrays as they are in memory, each at a multiple of 16 bytes. Little-endian. The same model gives the same bytes.
 * Cost: one copy and one pass for the checksum, about 1 ns a byte.
 *
 * Throws `not_finite` where `about` holds NaN or ±Infinity (arrays may).
 *
 * @example writeModelFile({ kind: 'popular', version: 1, about: { days: 30 }, arrays: { score: Float64Array.of(3, 1) } })
 */
export const writeModelFile = ({ kind, version, about, arrays }: ModelParts): Uint8Array<ArrayBuffer> => {
  requireLittleEndian();
  let at = 0;
  const entries = Object.entries(arrays).map(([name, array]): Entry => {
    const entry = { name, type: typeOf(name, array), length: array.length, at };
    at += roundUp(array.byteLength);
    return entry;
  });
  const header = new TextEncoder().encode(plainText({ kind, version, about, arrays: entries }));
  const body = roundUp(PREFIX + header.length);
  const bytes = new Uint8Array(body + at);
  const prefix = new DataView(bytes.buffer);
  prefix.setUint32(0, MAGIC, true);
  prefix.setUint32(4, FORMAT, true);
  prefix.setUint32(8, header.length, true);
  bytes.set(header, PREFIX);
  for (const { name, at: offset } of entries) {
    const array = arrays[name] as ArrayOfType;
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), body + offset);
  }
  checksumOf(bytes).forEach((word, i) => prefix.setUint32(16 + 4 * i, word, true));
  return bytes;
};

/** Of everything but the checksum itself; the length of the header stands in the seed. */
const checksumOf = (bytes: Uint8Array): readonly number[] => {
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  return murmur3(bytes.subarray(PREFIX), headerLength ^ bytes.length);
};

const refuse = (message: string, details = {}): Error => engineError('version_mismatch', message, details);

const headerOf = (bytes: Uint8Array): { readonly header: Header; readonly body: number } => {
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX || prefix.getUint32(0, true) !== MAGIC)
    throw refuse('these bytes are not a model file', { bytes: bytes.length });
  const format = prefix.getUint32(4, true);
  if (format !== FORMAT)
    throw refuse(`the model file has format ${format}; this program reads ${FORMAT}`, { format });
  const length = prefix.getUint32(8, true);
  if (PREFIX + length > bytes.length) throw damagedFile('it ends too early');
  if (checksumOf(bytes).some((word, i) => word !== prefix.getUint32(16 + 4 * i, true)))
    throw damagedFile('its checksum does not fit');
  const body = roundUp(PREFIX + length);
  return { header: checkedHeader(bytes.subarray(PREFIX, PREFIX + length), bytes.length - body), body };
};

/**
 * Reads what `writeModelFile` wrote. The arrays are views of `bytes` when these begin at a multiple of 16 in their
 * buffer (a file read whole does), and of one copy otherwise: loading costs the checksum, about 1 ns a byte.
 *
 * Throws `version_mismatch` for other bytes, another format, kind or version, `damaged` for a file that was cut or changed, also where
 * somebody made the checksum fit: then the header must still describe arrays that lie within the bytes. Whether `about` says
 * what the model needs is its own `load…` to check. Allocates the header and at most one copy of the bytes.
 *
 * @example readModelFile(bytes, { kind: 'popular', versions: [1] }).arrays
 */
export const readModelFile = (
  bytes: Uint8Array,
  wanted: { readonly kind: string; readonly versions: readonly number[] },
): ModelParts => {
  requireLittleEndian();
  // Not `bytes.slice()`: of Node's Buffer that is a view, as badly placed as before.
  const placed = bytes.byteOffset % ALIGN === 0 ? bytes : new Uint8Array(bytes);
  const { header, body } = headerOf(placed);
  if (header.kind !== wanted.kind)
    throw refuse(`the model file holds “${header.kind}”, not “${wanted.kind}”`, { kind: header.kind });
  if (!wanted.versions.includes(header.version))
    throw refuse(
      `“${header.kind}” has version ${header.version}; this program reads ${wanted.versions.join(', ')}`,
      { version: header.version },
    );
  const arrays = Object.fromEntries(
    header.arrays.map((entry) => [entry.name, arrayOf(entry, placed.subarray(body))]),
  );
  return { kind: header.kind, version: header.version, about: header.about, arrays };
};
