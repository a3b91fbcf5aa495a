import { Select } from '@mantine/core';
import { useWords } from '#words';

type Flag = 'yes' | 'no';

interface Asked {
  readonly category?: string | undefined;
  readonly sensitive?: Flag | undefined;
  readonly available?: Flag | undefined;
  readonly sort?: string | undefined;
}

interface CatalogueFiltersProps {
  readonly asked: Asked;
  readonly categories: readonly { readonly category: string; readonly products: number }[];
  readonly onAsk: (changed: {
    readonly category?: string | undefined;
    readonly sensitive?: Flag | undefined;
    readonly available?: Flag | undefined;
  }) => void;
}

/** Stands for “no category”, which the API takes as an empty one and a select cannot hold. */
const none = '\u0000';
const flagOf = (value: string | null): Flag | undefined =>
  value === 'yes' || value === 'no' ? value : undefined;

export const CatalogueFilters = ({ asked, categories, onAsk }: CatalogueFiltersProps) => {
  const { t } = useWords();
  const options = categories.map(({ category }) => ({
    value: category || none,
    label: category || t('catalogue.noCategory'),
  }));
  if (asked.category !== undefined && !categories.some(({ category }) => category === asked.category))
    options.push({ value: asked.category || none, label: asked.category || t('catalogue.noCategory') });
  return (
    <>
      <Select
        aria-label={t('catalogue.category')}
        placeholder={t('catalogue.anyCategory')}
        flex="1 1 150px"
        maw={240}
        clearable
        searchable
        limit={200}
        data={options}
        value={asked.category === undefined ? null : asked.category || none}
        onChange={(value) => onAsk({ category: value === null ? undefined : value === none ? '' : value })}
      />
      <Select
        aria-label={t('catalogue.filter.sensitive')}
        placeholder={t('catalogue.filter.sensitive')}
        flex="1 1 150px"
        maw={240}
        clearable
        data={[
          { value: 'yes', label: t('catalogue.filter.sensitiveYes') },
          { value: 'no', label: t('catalogue.filter.sensitiveNo') },
        ]}
        value={asked.sensitive ?? null}
        onChange={(value) => onAsk({ sensitive: flagOf(value) })}
      />
      <Select
        aria-label={t('catalogue.filter.available')}
        placeholder={t('catalogue.filter.available')}
        flex="1 1 150px"
        maw={240}
        clearable
        data={[
          { value: 'yes', label: t('catalogue.filter.availableYes') },
          { value: 'no', label: t('catalogue.filter.availableNo') },
        ]}
        value={asked.available ?? null}
        onChange={(value) => onAsk({ available: flagOf(value) })}
      />
    </>
  );
};
