import { Alert, Anchor, List } from '@mantine/core';
import { senderRoutes } from '@mesure/contract/sender';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { currentLanguage, useWords } from '#words';

const repairedAt = {
  public_url_missing: 'general',
  public_url_not_https: 'general',
  identity_missing: 'sender',
  catcher_off: 'delivery',
} as const;

const sectionOf = (code: string) =>
  code in repairedAt ? repairedAt[code as keyof typeof repairedAt] : 'delivery';

/** What keeps campaigns from being sent, told where it is repaired. */
export const SenderProblems = () => {
  const { t } = useWords();
  const { data } = useQuery(queryOf(senderRoutes.readSender));
  if (!data || data.problems.length === 0) return null;
  const language = currentLanguage();
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('settings.sender.problems', { count: data.problems.length })}
    >
      <List size="sm">
        {data.problems.map(({ code, message }) => (
          <List.Item key={code}>
            {message[language]}{' '}
            <Anchor
              renderRoot={(props) => <Link to={`/settings/${sectionOf(code)}`} {...props} />}
              size="sm"
              underline="always"
            >
              {t(`settings.sections.${sectionOf(code)}`)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
