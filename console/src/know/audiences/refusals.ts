import type { FormErrors } from '@mantine/form';
import { ApiError } from '#platform/api';
import { say } from '#words';

/** The name belongs to another audience: said at the field, in the reader's language. */
export const nameTaken = (error: unknown): FormErrors =>
  error instanceof ApiError && error.details?.['reason'] === 'segment_name_taken'
    ? { name: say('audiences.nameTaken') }
    : {};

/** Somebody else saved a newer version. */
export const wasChanged = (error: unknown): boolean =>
  error instanceof ApiError && error.details?.['reason'] === 'segment_changed';
