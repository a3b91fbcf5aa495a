import type { FormErrors } from '@mantine/form';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useState } from 'react';
import type { z } from 'zod';
import { tell, tellError } from '#platform/feedback';
import { fieldsRefused, validateWith } from '#platform/kit';
import { useMay } from '#platform/session';
import { say } from '#words';
import { nameTaken } from './refusals.ts';
import type { Editing } from './use-editing.ts';

type AudienceDefinition = z.input<typeof segmentsRoutes.createSegment.body>;

export interface Saving {
  readonly may: boolean;
  readonly errors: FormErrors;
  /** What would be saved; null when it cannot be as it is, which is then said. */
  readonly check: () => AudienceDefinition | null;
  /** What the server would not take, beside its field or, where it has none, as a notice. */
  readonly refused: (error: unknown) => void;
}

/** What saving a new and a known audience have in common. */
export const useSaving = (editing: Editing): Saving => {
  const may = useMay('marketer', 'approver', 'admin');
  const [errors, setErrors] = useState<FormErrors>({});
  const { name, description, rule, unread } = editing;
  return {
    may,
    errors,
    check: () => {
      const definition = { name, description, rule };
      const found = validateWith(segmentsRoutes.createSegment.body)(definition);
      setErrors(found);
      if (unread || Object.keys(found).some((path) => path.startsWith('rule'))) {
        tell(say('audiences.notWhole'));
        return null;
      }
      return Object.keys(found).length === 0 ? definition : null;
    },
    refused: (error) => {
      const named = { ...fieldsRefused(error), ...nameTaken(error) };
      setErrors(named);
      if (Object.keys(named).length === 0) tellError(error);
    },
  };
};
