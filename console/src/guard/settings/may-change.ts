import type { Role } from '@mesure/contract';
import { useMay } from '#platform/session';
import { useWords } from '#words';

/** Why this person cannot change something, or undefined. */
export const useLocked = (...roles: readonly Role[]): string | undefined => {
  const { t } = useWords();
  const may = useMay(...roles);
  return may ? undefined : t('settings.adminOnly');
};
