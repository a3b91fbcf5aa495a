import { Anchor, Text } from '@mantine/core';
import { useWords } from '#words';
import classes from './catcher.module.css';
import { kindOf, mayOpen } from './links.ts';

/** Where a message leads, each address once. */
export const MailLinks = ({ links }: { readonly links: readonly string[] }) => {
  const { t } = useWords();
  if (links.length === 0) return <Text size="sm">{t('catcher.noLinks')}</Text>;
  return (
    <ul className={classes.links}>
      {links.map((link) => (
        <li key={link}>
          <Text size="xs" c="var(--mesure-quiet)">
            {t(`catcher.link.${kindOf(link)}`)}
          </Text>
          {mayOpen(link) ? (
            <Anchor
              href={link}
              target="_blank"
              rel="noopener noreferrer"
              size="sm"
              title={t('common.openInNewTab')}
            >
              {link}
            </Anchor>
          ) : (
            <Text size="sm">{link}</Text>
          )}
        </li>
      ))}
    </ul>
  );
};
