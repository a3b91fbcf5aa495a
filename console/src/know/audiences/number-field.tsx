import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '#words';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly whole?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly suffix?: string;
  readonly width?: number;
}

/** A number that may be empty while it is typed; what was there comes back when the field is left empty. */
export const NumberField = ({
  label,
  value,
  onChange,
  whole = false,
  width = 110,
  ...rest
}: NumberFieldProps) => {
  const { i18n } = useWords();
  const french = i18n.language === 'fr';
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <NumberInput
      size="xs"
      w={width}
      aria-label={label}
      value={typed}
      hideControls
      allowDecimal={!whole}
      decimalSeparator={french ? ',' : '.'}
      thousandSeparator={french ? '\u202f' : ','}
      onChange={(next) => {
        setTyped(next);
        const number = typeof next === 'number' ? next : Number.NaN;
        const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rest;
        if (Number.isFinite(number) && number >= min && number <= max) onChange(number);
      }}
      onBlur={() => setTyped(value)}
      {...rest}
    />
  );
};
