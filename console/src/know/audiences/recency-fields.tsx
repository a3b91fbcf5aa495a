import { Text } from '@mantine/core';
import type { RecencyRule } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { ChoiceField } from './choice-field.tsx';
import { EventNameField } from './event-name-field.tsx';
import type { ChangeLeaf } from './leaf-part.tsx';
import { NumberField } from './number-field.tsx';

const ages = ['newer_than', 'older_than'] as const;
const units = ['days', 'hours'] as const;

/** How long ago something happened for the last time. */
export const RecencyFields = ({
  rule,
  onChange,
}: {
  readonly rule: RecencyRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  return (
    <div className={classes.line}>
      <Text size="sm" mt={4}>
        {t('audiences.recency.last')}
      </Text>
      <EventNameField value={rule.name} onChange={(name) => onChange({ ...rule, name }, 'name')} />
      <ChoiceField
        width={150}
        label={t('audiences.leaf.recency')}
        value={rule.last}
        options={ages.map((value) => ({ value, label: t(`audiences.recency.${value}`) }))}
        onChange={(last) => onChange({ ...rule, last })}
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
      <ChoiceField
        width={100}
        label={t('audiences.recency.unit')}
        value={rule.unit}
        options={units.map((value) => ({ value, label: t(`audiences.unit.${value}`) }))}
        onChange={(unit) => onChange({ ...rule, unit })}
      />
    </div>
  );
};
