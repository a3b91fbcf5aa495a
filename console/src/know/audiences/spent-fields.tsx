import { Text } from '@mantine/core';
import type { SpentRule } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { ChoiceField } from './choice-field.tsx';
import type { ChangeLeaf } from './leaf-part.tsx';
import { TestFields } from './test-fields.tsx';
import { asNumberTest } from './tree/narrow.ts';
import { numberOperators } from './tree/test-change.ts';
import { WindowFields } from './window-fields.tsx';

/** What somebody spent, after refunds, in one currency. */
export const SpentFields = ({
  rule,
  onChange,
}: {
  readonly rule: SpentRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known, currency } = useBuilder();
  const currencies = [
    ...new Set([rule.currency, currency, ...known.currencies.map((each) => each.currency)]),
  ];
  const { window: _window, ...bare } = rule;
  return (
    <div className={classes.line}>
      <Text size="sm" mt={4}>
        {t('audiences.leaf.spent')}
      </Text>
      {currencies.length > 1 ? (
        <ChoiceField
          width={80}
          label={t('audiences.spent.currency')}
          value={rule.currency}
          options={currencies.map((value) => ({ value, label: value }))}
          onChange={(next) => onChange({ ...rule, currency: next })}
        />
      ) : null}
      <TestFields
        of={t('audiences.leaf.spent')}
        test={rule.test}
        operators={numberOperators}
        type="number"
        money={rule.currency}
        onChange={(test, typing) => onChange({ ...rule, test: asNumberTest(test) }, typing)}
      />
      <WindowFields
        window={rule.window}
        onChange={(window, typing) => onChange(window === undefined ? bare : { ...bare, window }, typing)}
      />
    </div>
  );
};
