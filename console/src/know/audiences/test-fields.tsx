import { Autocomplete, TagsInput, TextInput } from '@mantine/core';
import { currencyDigits, majorText, minorOf } from '@mesure/contract/rule-text';
import { ruleLimits, type TraitTest } from '@mesure/contract/segments';
import { useWords } from '#words';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import { asType, type Operator, typeOf, type ValueType, withOperator } from './tree/test-change.ts';

export type CommonValues = readonly { readonly value: string; readonly times: number }[];

interface TestFieldsProps {
  /** Of what: “country”, for the labels of the fields. */
  readonly of: string;
  readonly test: TraitTest;
  readonly onChange: (test: TraitTest, typing?: string) => void;
  readonly operators: readonly Operator[];
  /** The type that values have here; absent: as the test has it. */
  readonly type?: ValueType;
  readonly values?: CommonValues;
  /** Numbers are minor units of it. */
  readonly money?: string;
}

const ValueFields = ({
  of,
  test,
  onChange,
  type,
  values = [],
  money,
}: Omit<TestFieldsProps, 'operators'>) => {
  const { t } = useWords();
  const kind = type ?? typeOf(test);
  const suggested = [...new Set(values.map(({ value }) => value))];
  const label = t('audiences.test.value', { of });
  const number = (value: number, change: (next: number) => TraitTest, name: string = label) => {
    const digits = money === undefined ? 0 : currencyDigits(money);
    return (
      <NumberField
        label={name}
        value={Number(majorText(value, digits))}
        onChange={(next) => onChange(change(minorOf(String(next), digits)), name)}
        {...(money === undefined ? {} : { suffix: ` ${money}`, width: 140 })}
      />
    );
  };
  switch (test.operator) {
    case 'exists':
      return null;
    case 'between':
      return (
        <>
          {number(test.min, (min) => ({ ...test, min }), t('audiences.test.from', { of }))}
          {number(test.max, (max) => ({ ...test, max }), t('audiences.test.to', { of }))}
        </>
      );
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return number(test.value, (value) => ({ ...test, value }));
    case 'contains':
      return (
        <TextInput
          size="xs"
          aria-label={label}
          dir="auto"
          maxLength={500}
          value={test.value}
          onChange={(event) => onChange({ ...test, value: event.currentTarget.value }, label)}
        />
      );
    case 'in':
      return (
        <TagsInput
          size="xs"
          flex="1 1 14rem"
          aria-label={t('audiences.test.values', { of })}
          placeholder={test.values.length === 0 ? t('audiences.test.valuesHint') : ''}
          data={suggested}
          limit={50}
          maxTags={ruleLimits.values}
          splitChars={['\n', ';', '\t']}
          acceptValueOnBlur
          value={test.values.map(String)}
          onChange={(next) =>
            onChange({ operator: 'in', values: next.map((value) => asType(value.slice(0, 500), kind)) })
          }
        />
      );
    case 'equals':
      if (kind === 'number')
        return number(Number(asType(test.value, 'number')), (value) => ({ ...test, value }));
      if (kind === 'boolean')
        return (
          <ChoiceField
            width={90}
            label={label}
            value={String(asType(test.value, 'boolean'))}
            onChange={(next) => onChange({ ...test, value: next === 'true' })}
            options={[
              { value: 'true', label: t('common.yes') },
              { value: 'false', label: t('common.no') },
            ]}
          />
        );
      return (
        <Autocomplete
          size="xs"
          aria-label={label}
          dir="auto"
          data={suggested}
          limit={50}
          maxLength={500}
          filter={({ options, search, limit }) =>
            (suggested.includes(search)
              ? options
              : options.filter(
                  (option) =>
                    'value' in option &&
                    option.value.toLocaleLowerCase().includes(search.toLocaleLowerCase()),
                )
            ).slice(0, limit)
          }
          value={String(test.value)}
          onChange={(value) => onChange({ ...test, value }, label)}
        />
      );
  }
};

/** A test on a value: how it compares, and with what. */
export const TestFields = (props: TestFieldsProps) => {
  const { t } = useWords();
  const { of, test, onChange, operators, type } = props;
  const offered = operators.includes(test.operator) ? operators : [test.operator, ...operators];
  return (
    <>
      <ChoiceField
        width={150}
        label={t('audiences.test.operator', { of })}
        value={test.operator}
        options={offered.map((value) => ({ value, label: t(`audiences.operator.${value}`) }))}
        onChange={(operator) => onChange(withOperator(test, operator, type ?? typeOf(test)))}
      />
      <ValueFields {...props} />
    </>
  );
};
