import { FilterSelect } from '#platform/kit';
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
      <FilterSelect
        label={t('catalogue.category')}
        unchosen={t('catalogue.anyCategory')}
        searchable
        options={options}
        value={asked.category === '' ? none : asked.category}
        onChange={(value) => onAsk({ category: value === none ? '' : value })}
      />
      <FilterSelect
        label={t('catalogue.filter.sensitive')}
        unchosen={t('catalogue.filter.sensitive')}
        options={[
          { value: 'yes', label: t('catalogue.filter.sensitiveYes') },
          { value: 'no', label: t('catalogue.filter.sensitiveNo') },
        ]}
        value={asked.sensitive}
        onChange={(sensitive) => onAsk({ sensitive })}
      />
      <FilterSelect
        label={t('catalogue.filter.available')}
        unchosen={t('catalogue.filter.available')}
        options={[
          { value: 'yes', label: t('catalogue.filter.availableYes') },
          { value: 'no', label: t('catalogue.filter.availableNo') },
        ]}
        value={asked.available}
        onChange={(available) => onAsk({ available })}
      />
    </>
  );
};
