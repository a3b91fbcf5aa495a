import type { ComboboxItem, OptionsFilter } from '@mantine/core';
import { speltAlike } from './spelling.ts';

/** Finds an option by any of its words, with or without accents; by its value too. */
export const foundByWords: OptionsFilter = ({ options, search, limit }) =>
  (options as ComboboxItem[])
    .filter(({ label, value }) => speltAlike(`${label} ${value}`, search))
    .slice(0, limit);
