import { Input, SegmentedControl } from '@mantine/core';
import { useId } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { type Language, languages } from '#words';

const names = { en: 'English', fr: 'Français' } as const;

interface LanguageChoiceProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly value?: Language;
  readonly onChange?: (language: Language) => void;
  readonly disabled?: boolean;
}

/** One of the two languages that Mesure writes in, each by its own name. */
export const LanguageChoice = ({
  label,
  description,
  value = 'en',
  onChange,
  disabled = false,
}: LanguageChoiceProps) => {
  const id = useId();
  return (
    <Input.Wrapper label={label} description={description} labelElement="div" labelProps={{ id }}>
      <div>
        <SegmentedControl
          aria-labelledby={id}
          data={languages.map((language) => ({ value: language, label: names[language] }))}
          value={value}
          onChange={(chosen) => onChange?.(chosen === 'fr' ? 'fr' : 'en')}
          disabled={disabled}
          mt={4}
        />
      </div>
    </Input.Wrapper>
  );
};
