import { useWords } from '#words';

type Known = 'settings.changed';

/** Actions and subjects in words; a code that nobody has named yet stays a code. */
export const useAuditWords = () => {
  const { t, i18n } = useWords();
  return {
    action: (code: string): string =>
      i18n.exists(`audit.actions.${code}`) ? t(`audit.actions.${code as Known}`) : code,
    family: (code: string): string =>
      i18n.exists(`audit.families.${code}`) ? t(`audit.families.${code as 'settings'}`) : code,
    subject: (code: string): string => {
      const key = code.replaceAll('.', '/');
      return i18n.exists(`audit.subjects.${key}`) ? t(`audit.subjects.${key as 'settings'}`) : code;
    },
  };
};
