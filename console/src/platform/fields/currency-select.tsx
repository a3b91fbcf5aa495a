import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { currentLanguage } from '#words';
import { foundByWords } from './found-by-words.ts';

const first = ['EUR', 'CHF', 'CAD', 'GBP', 'USD'];
const codes = [...new Set([...first, ...Intl.supportedValuesOf('currency')])];

type CurrencySelectProps = Omit<SelectProps, 'data' | 'searchable' | 'filter' | 'limit'>;

/** A currency of ISO 4217, found by its code or its name. */
export const CurrencySelect = (props: CurrencySelectProps) => {
  const language = currentLanguage();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'currency' });
    return codes.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
  }, [language]);
  return (
    <Select
      {...props}
      data={data}
      filter={foundByWords}
      searchable
      allowDeselect={false}
      limit={80}
      autoComplete="off"
    />
  );
};
