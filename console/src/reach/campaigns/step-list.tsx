import { UnstyledButton } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '#words';
import { stepOfField } from './form-values.ts';
import { type Step, steps } from './routes.ts';
import classes from './step-list.module.css';

interface StepListProps {
  readonly current: Step;
  readonly onGo: (step: Step) => void;
  readonly errors: FormErrors;
}

export const StepList = ({ current, onGo, errors }: StepListProps) => {
  const { t } = useWords();
  const wrong = new Set<Step>(Object.keys(errors).map(stepOfField));
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(current);
  // A new step begins at its top, for the eyes and for the keyboard.
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [current]);
  return (
    <nav aria-label={t('campaigns.edit.steps')}>
      <ol ref={list} className={classes.list}>
        {steps.map((step, index) => (
          <li key={step}>
            <UnstyledButton
              className={classes.step}
              aria-current={step === current ? 'step' : undefined}
              onClick={() => onGo(step)}
            >
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              {t(`campaigns.edit.step.${step}`)}
              {wrong.has(step) ? (
                <IconAlertTriangle size={16} role="img" aria-label={t('common.error.check')} />
              ) : null}
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
};
