import { Select, Text } from '@mantine/core';
import type { RecencyRule } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { eventLabel } from './event-label.ts';
import type { ChangeLeaf } from './leaf-part.tsx';
import { NameField } from './name-field.tsx';
import { NumberField } from './number-field.tsx';

/** How long ago something happened for the last time. */
export const RecencyFields = ({
  rule,
  onChange,
}: {
  readonly rule: RecencyRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known } = useBuilder();
  return (
    <div className={classes.line}>
      <Text size="sm" mt={4}>
        {t('audiences.recency.last')}
      </Text>
      <NameField
        label={t('audiences.leaf.event')}
        value={rule.name}
        names={known.events.map(({ name }) => name)}
        most={100}
        wordsOf={eventLabel}
        onChange={(name) => onChange({ ...rule, name }, 'name')}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('audiences.leaf.recency')}
        allowDeselect={false}
        value={rule.last}
        data={(['newer_than', 'older_than'] as const).map((value) => ({
          value,
          label: t(`audiences.recency.${value}`),
        }))}
        onChange={(next) => onChange({ ...rule, last: next === 'newer_than' ? 'newer_than' : 'older_than' })}
      />
      <NumberField
        whole
        min={1}
        max={36_500}
        width={64}
        label={t('audiences.recency.amount')}
        value={rule.amount}
        onChange={(amount) => onChange({ ...rule, amount }, 'amount')}
      />
      <Select
        size="xs"
        w={100}
        aria-label={t('audiences.recency.unit')}
        allowDeselect={false}
        value={rule.unit}
        data={(['days', 'hours'] as const).map((value) => ({ value, label: t(`audiences.unit.${value}`) }))}
        onChange={(next) => onChange({ ...rule, unit: next === 'hours' ? 'hours' : 'days' })}
      />
    </div>
  );
};
