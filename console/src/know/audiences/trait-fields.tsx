import type { TraitRule } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import type { ChangeLeaf } from './leaf-part.tsx';
import { NameField } from './name-field.tsx';
import { TestFields } from './test-fields.tsx';
import { freshTraitTest } from './tree/fresh.ts';
import { comparisons, type Operator, textOperators } from './tree/test-change.ts';

const operatorsOf: Readonly<Record<'text' | 'number' | 'boolean' | 'mixed', readonly Operator[]>> = {
  text: textOperators,
  number: ['equals', ...comparisons, 'exists'],
  boolean: ['equals', 'exists'],
  mixed: [...textOperators, ...comparisons],
};

/** A characteristic that the shop keeps of people. */
export const TraitFields = ({
  rule,
  onChange,
}: {
  readonly rule: TraitRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known } = useBuilder();
  const trait = known.traits.find(({ key }) => key === rule.key);
  const type = trait?.type ?? 'mixed';
  return (
    <div className={classes.line}>
      <NameField
        label={t('audiences.leaf.trait')}
        value={rule.key}
        names={known.traits.map(({ key }) => key)}
        most={128}
        onChange={(key) => {
          const chosen = known.traits.find((each) => each.key === key);
          onChange({ ...rule, key, test: chosen ? freshTraitTest(chosen) : rule.test }, 'key');
        }}
      />
      <TestFields
        of={rule.key || t('audiences.leaf.trait')}
        test={rule.test}
        operators={operatorsOf[type]}
        {...(type === 'mixed' ? {} : { type })}
        values={trait?.values ?? []}
        onChange={(test, typing) => onChange({ ...rule, test }, typing)}
      />
    </div>
  );
};
