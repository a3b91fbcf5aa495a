import type { ImportState } from '@mesure/contract/imports';

/** The server works on it: its progress is worth asking for. */
export const isMoving = (state: ImportState): boolean =>
  state === 'checking' || state === 'running' || state === 'undoing';

/** Columns may be corrected and files added. */
export const isOpen = (state: ImportState): boolean =>
  state === 'receiving' || state === 'described' || state === 'failed';
