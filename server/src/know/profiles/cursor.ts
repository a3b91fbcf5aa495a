import { appError } from '#platform/errors';

export type CursorPart = string | number;

/** Where a page ended, as text for an address bar. It says nothing that its reader may not see, and is not signed. */
export const writeCursor = (parts: readonly CursorPart[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

const partsIn = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

export const refuseCursor = (): never => {
  throw appError('invalid_request', {
    message: 'query.after: this is not the `next` of a page of this list. Leave `after` out to begin again.',
    details: { fields: [{ path: 'query.after', problem: 'not the `next` of a page of this list' }] },
  });
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @throws AppError invalid_request: not a cursor of this list. `shape`: an example of each part, in order; a text
 * that looks like a UUID stands for one, because PostgreSQL refuses anything else there.
 */
export const readCursor = (text: string, shape: readonly CursorPart[]): readonly CursorPart[] => {
  const parts = partsIn(text);
  const fits =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    shape.every((example, index) => {
      const part: unknown = parts[index];
      if (typeof part !== typeof example) return false;
      return (
        typeof part !== 'string' || (!part.includes('\0') && (!UUID.test(String(example)) || UUID.test(part)))
      );
    });
  return fits ? (parts as readonly CursorPart[]) : refuseCursor();
};
