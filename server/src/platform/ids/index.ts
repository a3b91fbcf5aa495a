import { createHash, randomBytes } from 'node:crypto';

export interface Ids {
  readonly next: () => string;
}

const toUuid = (bytes: Buffer, version: number): string => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

/**
 * UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then a 12-bit counter (section 6.2, method 1) so that ids
 * made in one millisecond still sort in the order they were made.
 */
export const createIds = (nowMs: () => number = Date.now): Ids => {
  let lastMs = 0;
  let counter = 0;
  return {
    next: () => {
      const ms = nowMs();
      if (ms > lastMs) {
        lastMs = ms;
        counter = randomBytes(1).readUInt8();
      } else if (++counter > 0xfff) {
        lastMs += 1;
        counter = 0;
      }
      const bytes = randomBytes(16);
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(counter, 6);
      return toUuid(bytes, 7);
    },
  };
};

/** Deterministic UUIDv8 (RFC 9562 section 5.8) from SHA-256 of namespace and name: the same input, the same id. */
export const uuidFrom = (namespace: string, name: string): string =>
  toUuid(createHash('sha256').update(namespace).update('\0').update(name).digest().subarray(0, 16), 8);

export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';
