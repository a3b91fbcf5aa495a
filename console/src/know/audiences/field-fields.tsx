import { type FieldRule, profileFields } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { ChoiceField } from './choice-field.tsx';
import type { ChangeLeaf } from './leaf-part.tsx';
import { TestFields } from './test-fields.tsx';
import { asTextTest } from './tree/narrow.ts';
import { textOperators } from './tree/test-change.ts';

/** What is known of a person: country, language, name … */
export const FieldFields = ({
  rule,
  onChange,
}: {
  readonly rule: FieldRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known } = useBuilder();
  const name = t(`audiences.field.${rule.field}`);
  return (
    <div className={classes.line}>
      <ChoiceField
        width={150}
        label={t('audiences.leaf.field')}
        value={rule.field}
        options={profileFields.map((value) => ({ value, label: t(`audiences.field.${value}`) }))}
        onChange={(field) => {
          const common = known.fields.find((each) => each.field === field)?.values[0];
          onChange({
            ...rule,
            field,
            test: common ? { operator: 'equals', value: common.value } : { operator: 'exists' },
          });
        }}
      />
      <TestFields
        of={name}
        test={rule.test}
        operators={textOperators}
        type="text"
        values={known.fields.find(({ field }) => field === rule.field)?.values ?? []}
        onChange={(test, typing) => onChange({ ...rule, test: asTextTest(test) }, typing)}
      />
    </div>
  );
};
