import { List, Text } from '@mantine/core';
import { useWords } from '#words';
import type { Decision } from './decision-record.tsx';
import { isolated } from './isolated.ts';
import { Stored } from './stored.tsx';

/** What was shown and why, what could have been shown, and what was taken out. */
export const DecisionProducts = ({ decision }: { readonly decision: Decision }) => {
  const { t } = useWords();
  const { candidates, removed, choice } = decision;
  if (candidates.length === 0) return <Text size="sm">{t('people.why.noProducts')}</Text>;
  const shown = choice.products.flatMap((sku) => candidates.filter((candidate) => candidate.sku === sku));
  const others = candidates.filter(({ sku }) => !choice.products.includes(sku));
  return (
    <>
      <List size="sm" spacing={2}>
        {shown.map(({ sku, name, reason }) => (
          <List.Item key={sku}>
            <Stored>
              {t('people.why.product', { name: isolated(name), reason: t(`people.why.reason.${reason}`) })}
            </Stored>
          </List.Item>
        ))}
      </List>
      {others.length > 0 ? (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.why.candidates', { count: others.length })}{' '}
          <Stored>{others.map(({ name }) => name).join(' · ')}</Stored>
        </Text>
      ) : null}
      {removed.length > 0 ? (
        <List size="sm" spacing={2}>
          {removed.map(({ sku, name, reason }) => (
            <List.Item key={sku}>
              <Stored>
                {t('people.why.product', { name: isolated(name), reason: t(`people.why.removed.${reason}`) })}
              </Stored>
            </List.Item>
          ))}
        </List>
      ) : null}
    </>
  );
};
