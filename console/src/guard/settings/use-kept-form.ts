import { type FormErrors, useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { useDraft } from '#platform/drafts';

interface KeptForm<T> {
  /** Which form: the name of its draft. */
  readonly name: string;
  /** What is stored on the server now. */
  readonly stored: T;
  readonly validate: (values: T) => FormErrors;
}

/**
 * A form over something that is stored: typing is kept in this browser until it is saved; what somebody else saves
 * meanwhile arrives in a form in which nothing was typed.
 */
export const useKeptForm = <T extends object>({ name, stored, validate }: KeptForm<T>) => {
  const storedText = JSON.stringify(stored);
  const draft = useDraft<T>(name);
  const [restored, setRestored] = useState(
    () => draft.found !== undefined && JSON.stringify(draft.found) !== storedText,
  );
  const known = useRef(storedText);
  const form = useForm<T>({
    initialValues: restored && draft.found ? draft.found : stored,
    validate,
    onValuesChange: (values) =>
      JSON.stringify(values) === known.current ? draft.forget() : draft.keep(values),
  });
  const dirty = JSON.stringify(form.values) !== storedText;

  useEffect(() => {
    const untouched = JSON.stringify(form.getValues()) === known.current;
    const changedElsewhere = known.current !== storedText;
    known.current = storedText;
    if (changedElsewhere && untouched) form.setValues(JSON.parse(storedText) as T);
  }, [storedText, form.getValues, form.setValues]);

  const forget = (): void => {
    draft.forget();
    form.clearErrors();
    setRestored(false);
  };
  const isStill = (values: T): boolean => JSON.stringify(form.getValues()) === JSON.stringify(values);
  return {
    form,
    dirty,
    restored,
    /** What was sent is stored: nothing is to be kept any more, unless something was typed meanwhile. */
    saved: (sent: T, stored = sent): void => {
      if (!isStill(sent)) return;
      if (!isStill(stored)) form.setValues(stored);
      forget();
    },
    reset: (): void => {
      form.setValues(stored);
      forget();
    },
  };
};
