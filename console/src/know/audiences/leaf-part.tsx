import { Text } from '@mantine/core';
import type { LeafRule } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { EventFields } from './event-fields.tsx';
import { FieldFields } from './field-fields.tsx';
import { PartHandle } from './part-handle.tsx';
import { PartMenu } from './part-menu.tsx';
import { RecencyFields } from './recency-fields.tsx';
import { SpentFields } from './spent-fields.tsx';
import { TraitFields } from './trait-fields.tsx';
import type { Path } from './tree/path.ts';

interface LeafPartProps {
  readonly rule: LeafRule;
  readonly path: Path;
}

export type ChangeLeaf = (next: LeafRule, typing?: string) => void;

const Fields = ({ rule, onChange }: { readonly rule: LeafRule; readonly onChange: ChangeLeaf }) => {
  switch (rule.kind) {
    case 'field':
      return <FieldFields rule={rule} onChange={onChange} />;
    case 'trait':
      return <TraitFields rule={rule} onChange={onChange} />;
    case 'event':
      return <EventFields rule={rule} onChange={onChange} />;
    case 'spent':
      return <SpentFields rule={rule} onChange={onChange} />;
    case 'recency':
      return <RecencyFields rule={rule} onChange={onChange} />;
  }
};

/** One condition. */
export const LeafPart = ({ rule, path }: LeafPartProps) => {
  const { t } = useWords();
  const { change, problemAt } = useBuilder();
  const label = t(`audiences.leaf.${rule.kind}`);
  const problem = problemAt(path);
  return (
    <div className={classes.leaf} role="group" aria-label={label} data-wrong={problem ? true : undefined}>
      <PartHandle rule={rule} path={path} label={label} />
      <div className={classes.leafFields}>
        <Fields rule={rule} onChange={(next, typing) => change(path, next, typing)} />
        {problem ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t(`audiences.problem.${problem}`)}
          </Text>
        ) : null}
      </div>
      <PartMenu rule={rule} path={path} label={label} />
    </div>
  );
};
