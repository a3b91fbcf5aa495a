import type { EventFilter } from '@mesure/contract/segments';
import { useWords } from '#words';
import { NameField } from './name-field.tsx';
import { TestFields } from './test-fields.tsx';
import type { Known } from './tree/fresh.ts';
import { asNumberTest, asTextTest } from './tree/narrow.ts';
import { comparisons, textOperators, typeOf } from './tree/test-change.ts';

type Property = Extract<EventFilter, { kind: 'text' | 'number' }>;

interface PropertyFilterProps {
  readonly filter: Property;
  readonly properties: Known['events'][number]['properties'];
  readonly onChange: (filter: Property, typing?: string) => void;
}

const speaksOfNumbers = (operator: string): boolean => comparisons.some((each) => each === operator);

/** A property of the event: what it is called and how it compares. */
export const PropertyFilter = ({ filter, properties, onChange }: PropertyFilterProps) => {
  const { t } = useWords();
  const { key } = filter;
  const property = properties.find((each) => each.key === key);
  return (
    <>
      <NameField
        label={t('audiences.filter.property')}
        value={key}
        names={properties.map((each) => each.key)}
        most={128}
        onChange={(next) => {
          const chosen = properties.find((each) => each.key === next);
          const kind = chosen?.type ?? filter.kind;
          onChange(
            kind === 'number'
              ? { kind, key: next, test: asNumberTest(filter.test) }
              : { kind: 'text', key: next, test: asTextTest(filter.test) },
            'key',
          );
        }}
      />
      <TestFields
        of={key || t('audiences.filter.property')}
        test={filter.test}
        operators={[...textOperators, ...comparisons]}
        type={filter.kind}
        values={property?.values ?? []}
        onChange={(test, typing) =>
          onChange(
            speaksOfNumbers(test.operator) || (test.operator === 'equals' && typeOf(test) === 'number')
              ? { kind: 'number', key, test: asNumberTest(test) }
              : { kind: 'text', key, test: asTextTest(test) },
            typing,
          )
        }
      />
    </>
  );
};
