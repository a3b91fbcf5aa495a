import type { EventRule, Window } from '@mesure/contract/segments';
import { useWords } from '#words';
import classes from './builder.module.css';
import { ChoiceField } from './choice-field.tsx';
import { EventFilters } from './event-filters.tsx';
import { EventNameField } from './event-name-field.tsx';
import type { ChangeLeaf } from './leaf-part.tsx';
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
  return (
    <>
      <div className={classes.line}>
        <ChoiceField
          width={140}
          label={t('audiences.event.often')}
          value={modeOf(rule)}
          options={modes.map((value) => ({ value, label: t(`audiences.event.${value}`) }))}
          onChange={(mode) => onChange(inMode(rule, mode))}
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
        <EventNameField value={rule.name} onChange={(name) => onChange({ ...rule, name }, 'name')} />
        <WindowFields
          window={rule.window}
          onChange={(window, typing) => onChange(withWindow(rule, window), typing)}
        />
      </div>
      <EventFilters rule={rule} onChange={onChange} />
    </>
  );
};
