import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { type ModelParts, readModelFile, takeArray, writeModelFile } from './index.ts';

const wanted = { kind: 'some', versions: [1, 2] };

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const parts = fc.record({
  kind: fc.constant('some'),
  version: fc.constantFrom(1, 2),
  about: fc.record({
    name: fc.string(),
    days: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  }),
  arrays: fc.record({
    a: fc.float64Array(),
    b: fc.float32Array(),
    c: fc.int32Array(),
    d: fc.uint32Array(),
    e: fc.uint16Array(),
    f: fc.uint8Array(),
    g: fc.int8Array(),
  }),
});

describe('model file', () => {
  it('gives back what was written, wherever its bytes lie', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 17 }), (model, shift) => {
        const bytes = writeModelFile(model);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(readModelFile(moved.subarray(shift), wanted)).toEqual(model);
        expect(writeModelFile(model)).toEqual(bytes);
      }),
    );
  });

  it('reads Node’s buffers wherever they begin, also in a pool', () => {
    const model = { kind: 'some', version: 1, about: {}, arrays: { a: Float64Array.of(1, 2) } };
    const bytes = writeModelFile(model);
    for (const shift of [1, 8, 16]) {
      const buffer = Buffer.from(new ArrayBuffer(bytes.length + shift), shift, bytes.length);
      buffer.set(bytes);
      expect(readModelFile(buffer, wanted)).toEqual(model);
    }
  });

  it('copies nothing when the bytes lie well', () => {
    const bytes = writeModelFile({
      kind: 'some',
      version: 1,
      about: {},
      arrays: { a: Float64Array.of(1, 2) },
    });
    const a = takeArray(readModelFile(bytes, wanted).arrays, 'a', Float64Array);
    expect(a.buffer).toBe(bytes.buffer);
  });

  it('notices every change of a byte and every cut', () => {
    const model: ModelParts = {
      kind: 'some',
      version: 1,
      about: { days: 3 },
      arrays: { a: Float64Array.of(1, 2, 3), b: Uint8Array.of(7) },
    };
    const bytes = writeModelFile(model);
    for (let i = 0; i < bytes.length; i++) {
      // The spare word says nothing yet.
      if (i >= 12 && i < 16) continue;
      const changed = bytes.slice();
      changed[i] = (changed[i] as number) ^ 0x10;
      expect(['damaged', 'version_mismatch']).toContain(codeOf(() => readModelFile(changed, wanted)));
    }
    for (let length = 0; length < bytes.length; length++)
      expect(['damaged', 'version_mismatch']).toContain(
        codeOf(() => readModelFile(bytes.slice(0, length), wanted)),
      );
  });

  it('refuses another kind, another version, and what JSON cannot hold', () => {
    const bytes = writeModelFile({ kind: 'other', version: 1, about: {}, arrays: {} });
    expect(codeOf(() => readModelFile(bytes, wanted))).toBe('version_mismatch');
    const newer = writeModelFile({ kind: 'some', version: 3, about: {}, arrays: {} });
    expect(codeOf(() => readModelFile(newer, wanted))).toBe('version_mismatch');
    const bad = { kind: 'some', version: 1, about: { x: Number.NaN }, arrays: {} };
    expect(codeOf(() => writeModelFile(bad))).toBe('not_finite');
    expect(codeOf(() => takeArray({ a: Float64Array.of(1) }, 'a', Float32Array))).toBe('damaged');
  });
});
