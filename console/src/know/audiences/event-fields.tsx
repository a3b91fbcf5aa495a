import { Select } from '@mantine/core';
import type { EventRule, Window } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { EventFilters } from './event-filters.tsx';
import { eventLabel } from './event-label.ts';
import type { ChangeLeaf } from './leaf-part.tsx';
import { NameField } from './name-field.tsx';
import { NumberField } from './number-field.tsx';
import { WindowFields } from './window-fields.tsx';

const modes = ['did', 'didTimes', 'never', 'fewer'] as const;
type Mode = (typeof modes)[number];

const modeOf = ({ did, atLeast }: EventRule): Mode =>
  did ? (atLeast === undefined ? 'did' : 'didTimes') : atLeast === undefined ? 'never' : 'fewer';

const inMode = (rule: EventRule, mode: Mode): EventRule => {
  const { atLeast, ...rest } = rule;
  const did = mode === 'did' || mode === 'didTimes';
  return mode === 'didTimes' || mode === 'fewer' ? { ...rest, did, atLeast: atLeast ?? 2 } : { ...rest, did };
};

const withWindow = ({ window: _before, ...rule }: EventRule, window: Window | undefined): EventRule =>
  window === undefined ? rule : { ...rule, window };

/** Something that people did or did not: how often, when, and with what. */
export const EventFields = ({
  rule,
  onChange,
}: {
  readonly rule: EventRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known } = useBuilder();
  return (
    <>
      <div className={classes.line}>
        <Select
          size="xs"
          w={140}
          aria-label={t('audiences.event.often')}
          allowDeselect={false}
          value={modeOf(rule)}
          data={modes.map((value) => ({ value, label: t(`audiences.event.${value}`) }))}
          onChange={(next) => {
            const mode = modes.find((each) => each === next);
            if (mode) onChange(inMode(rule, mode));
          }}
        />
        {rule.atLeast === undefined ? null : (
          <NumberField
            whole
            min={1}
            max={1000}
            width={64}
            label={t('audiences.event.times')}
            value={rule.atLeast}
            onChange={(atLeast) => onChange({ ...rule, atLeast }, 'times')}
          />
        )}
        <NameField
          label={t('audiences.leaf.event')}
          value={rule.name}
          names={known.events.map(({ name }) => name)}
          most={100}
          wordsOf={eventLabel}
          onChange={(name) => onChange({ ...rule, name }, 'name')}
        />
        <WindowFields
          window={rule.window}
          onChange={(window, typing) => onChange(withWindow(rule, window), typing)}
        />
      </div>
      <EventFilters rule={rule} onChange={onChange} />
    </>
  );
};
