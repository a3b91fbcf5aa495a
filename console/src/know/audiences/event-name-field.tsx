import { useWords } from '#words';
import { useBuilder } from './builder-context.ts';
import { eventLabel } from './event-label.ts';
import { NameField } from './name-field.tsx';

interface EventNameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** Which event: those that were seen here are offered, with what ours mean. */
export const EventNameField = ({ value, onChange }: EventNameFieldProps) => {
  const { t } = useWords();
  const { known } = useBuilder();
  return (
    <NameField
      label={t('audiences.leaf.event')}
      value={value}
      names={known.events.map(({ name }) => name)}
      most={100}
      wordsOf={eventLabel}
      onChange={onChange}
    />
  );
};
