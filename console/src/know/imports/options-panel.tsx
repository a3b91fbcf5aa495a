import { Radio, Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import { type ImportGuess, type ImportMapping, importDateFormat } from '@mesure/contract/imports';
import { formatCalendarDay } from '#platform/format';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { ambiguousDate } from './mapping.ts';

interface OptionsPanelProps {
  readonly guess: ImportGuess;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}

const timeZones = Intl.supportedValuesOf('timeZone');
const currencies = Intl.supportedValuesOf('currency');
const withCurrent = (values: readonly string[], current: string): string[] =>
  values.includes(current) ? [...values] : [current, ...values];

const DateQuestion = ({ guess, mapping, onChange }: OptionsPanelProps) => {
  const { t } = useWords();
  const question = ambiguousDate(guess, mapping.columns.orderDate);
  const read = question?.readings.find(({ format }) => format === mapping.dateFormat);
  if (question === null || !(guess.dateIsAmbiguous || question.undecided))
    return (
      <Select
        label={t('imports.options.date')}
        description={
          question && read
            ? t('imports.options.dateRead', { sample: question.sample, day: formatCalendarDay(read.day) })
            : undefined
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={importDateFormat.options.map((value) => ({
          value,
          label: t(`imports.options.dateFormat.${value}`),
        }))}
        value={mapping.dateFormat}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...mapping, dateFormat: importDateFormat.catch(mapping.dateFormat).parse(value) })
        }
      />
    );
  return (
    <Radio.Group
      label={t('imports.options.dateAsk', { sample: question.sample })}
      description={t('imports.options.dateAskHint')}
      value={mapping.dateFormat}
      onChange={(value) =>
        onChange({ ...mapping, dateFormat: importDateFormat.catch(mapping.dateFormat).parse(value) })
      }
    >
      <Stack gap="xs" mt="xs">
        {question.readings.map(({ format, day }) => (
          <Radio key={format} value={format} label={formatCalendarDay(day)} />
        ))}
      </Stack>
    </Radio.Group>
  );
};

/** What the columns alone do not say. */
export const OptionsPanel = ({ guess, mapping, onChange }: OptionsPanelProps) => {
  const { t } = useWords();
  return (
    <Panel title={t('imports.options.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        <DateQuestion guess={guess} mapping={mapping} onChange={onChange} />
        <Select
          label={t('imports.options.timeZone')}
          description={t('imports.options.timeZoneHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={withCurrent(timeZones, mapping.timeZone)}
          value={mapping.timeZone}
          searchable
          allowDeselect={false}
          limit={100}
          onChange={(timeZone) => (timeZone === null ? undefined : onChange({ ...mapping, timeZone }))}
        />
        <Select
          label={t('imports.options.currency')}
          description={t('imports.options.currencyHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={withCurrent(currencies, mapping.currency)}
          value={mapping.currency}
          searchable
          allowDeselect={false}
          limit={200}
          onChange={(currency) => (currency === null ? undefined : onChange({ ...mapping, currency }))}
        />
        <Select
          label={t('imports.options.decimal')}
          data={[
            { value: '.', label: t('imports.options.decimalPoint') },
            { value: ',', label: t('imports.options.decimalComma') },
          ]}
          value={mapping.decimal}
          allowDeselect={false}
          onChange={(value) => onChange({ ...mapping, decimal: value === ',' ? ',' : '.' })}
        />
        <Select
          label={t('imports.options.duplicates')}
          data={[
            { value: 'keep', label: t('imports.options.duplicatesKeep') },
            { value: 'set_aside', label: t('imports.options.duplicatesAside') },
          ]}
          value={mapping.duplicates}
          allowDeselect={false}
          onChange={(value) =>
            onChange({ ...mapping, duplicates: value === 'set_aside' ? 'set_aside' : 'keep' })
          }
        />
        <Select
          label={t('imports.options.known')}
          data={[
            { value: 'set_aside', label: t('imports.options.knownAside') },
            { value: 'import', label: t('imports.options.knownImport') },
          ]}
          value={mapping.knownOrders}
          allowDeselect={false}
          onChange={(value) =>
            onChange({ ...mapping, knownOrders: value === 'import' ? 'import' : 'set_aside' })
          }
        />
      </SimpleGrid>
      <Switch
        label={t('imports.options.fillDown')}
        description={t('imports.options.fillDownHint')}
        checked={mapping.fillDown}
        onChange={({ currentTarget }) => onChange({ ...mapping, fillDown: currentTarget.checked })}
      />
    </Panel>
  );
};
