import { Checkbox, Stack } from '@mantine/core';
import type { Role } from '@mesure/contract';
import { useWords } from '#words';

const all = ['marketer', 'approver', 'admin'] as const;

interface RoleChoiceProps<R extends Role> {
  readonly label: string;
  /** Those that can be given. */
  readonly offered?: readonly R[];
  readonly value: readonly R[];
  readonly onChange: (roles: R[]) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

/** What somebody may do, each role with its meaning. */
export const RoleChoice = <R extends Role = Role>(props: RoleChoiceProps<R>) => {
  const { label, value, onChange, error, disabled = false } = props;
  const { t } = useWords();
  const offered: readonly Role[] = props.offered ?? all;
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      onChange={(chosen) => onChange(offered.filter((role) => (chosen as string[]).includes(role)) as R[])}
      error={error}
      disabled={disabled}
    >
      <Stack gap="xs" mt="xs">
        {offered.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`settings.team.roles.${role}`)}
            description={t(`settings.team.mayDo.${role}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
};
