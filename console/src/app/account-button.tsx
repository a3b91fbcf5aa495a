import { Avatar, UnstyledButton, type UnstyledButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useSession } from '#platform/session';
import { useWords } from '#words';

type AccountButtonProps = UnstyledButtonProps & ComponentPropsWithRef<'button'>;

/** Shown before its menu is loaded, and as the menu's target after. */
export const AccountButton = (props: AccountButtonProps) => {
  const { t } = useWords();
  const { name } = useSession();
  return (
    <UnstyledButton aria-haspopup="menu" {...props} aria-label={t('shell.account', { name })}>
      <Avatar color="accent" size={34} aria-hidden />
    </UnstyledButton>
  );
};
