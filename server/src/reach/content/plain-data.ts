import { withoutControls } from './link-marks.ts';

const MAX_DEPTH = 6;

/**
 * JSON data without prototypes (CVE-2022-25948, CVE-2026-44646), without control characters, and without fields that
 * have no value: reading one of those is an error that names it.
 */
export const plainData = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') {
    const text = withoutControls(value);
    return text === '' ? undefined : text;
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return value;
  }
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item) => plainData(item, depth + 1));
  }
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    const plain = plainData(item, depth + 1);
    if (plain !== undefined) {
      result[key] = plain;
    }
  }
  return result;
};
