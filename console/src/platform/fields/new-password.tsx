import { List, PasswordInput, type PasswordInputProps, Stack, Text } from '@mantine/core';
import { useWords } from '#words';

const LEAST = 12;
const MOST = 128;

interface NewPasswordProps extends Omit<PasswordInputProps, 'autoComplete' | 'description' | 'value'> {
  readonly value?: string;
}

/** A password to choose: its rules are there before anything is typed, and its length is told on the way. */
export const NewPassword = ({ value = '', ...props }: NewPasswordProps) => {
  const { t } = useWords();
  const length = value.length;
  const state =
    length === 0
      ? t('fields.password.least', { count: LEAST })
      : length < LEAST
        ? t('fields.password.missing', { count: LEAST - length })
        : length > MOST
          ? t('common.field.tooLong', { count: MOST })
          : t('fields.password.enough');
  return (
    <Stack gap={4}>
      <PasswordInput
        {...props}
        value={value}
        autoComplete="new-password"
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        descriptionProps={{ component: 'div', c: 'var(--mesure-quiet)' }}
        description={
          <List size="xs" spacing={2}>
            <List.Item>{t('fields.password.length')}</List.Item>
            <List.Item>{t('fields.password.words')}</List.Item>
            <List.Item>{t('fields.password.own')}</List.Item>
          </List>
        }
      />
      <Text size="xs" c="var(--mesure-quiet)" aria-live="polite">
        {state}
      </Text>
    </Stack>
  );
};
