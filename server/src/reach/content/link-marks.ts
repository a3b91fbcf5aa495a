/**
 * Marks around a link's address inside a compiled part: OPEN index MIDDLE address CLOSE. Control characters cannot
 * come from a source or from data: both are cleaned of them.
 */
export const OPEN = '\u0001';
export const MIDDLE = '\u0002';
export const CLOSE = '\u0003';

export const marked = (index: number, address: string): string =>
  `${OPEN}${index}${MIDDLE}${address}${CLOSE}`;

/** Keeps tab, line feed and carriage return. */
export const withoutControls = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
