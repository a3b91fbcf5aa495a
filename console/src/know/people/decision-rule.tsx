import { List, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useWords } from '#words';
import type { Decision } from './decision-record.tsx';
import { conditionsOf, outcomeSchema } from './outcome.ts';
import { Stored } from './stored.tsx';

/** The audience's rule, and what each condition saw of this person. */
export const DecisionRule = ({ rule }: { readonly rule: Decision['audienceRule'] }) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const outcome = outcomeSchema.safeParse(rule.outcome).data;
  return (
    <>
      <Text size="sm">
        <Stored>{rule.words[language]}</Stored>
      </Text>
      {outcome ? (
        <List size="sm" spacing={2} listStyleType="none">
          {conditionsOf(outcome).map(({ words, value, met, negated }, place) => (
            // The same condition may stand in a rule twice.
            <List.Item
              key={`${words.en} ${String(place)}`}
              icon={met ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
            >
              {t(met ? 'people.why.met' : 'people.why.notMet')} <Stored>{words[language]}</Stored>{' '}
              {value ? (
                <Text span size="sm" c="var(--mesure-quiet)">
                  <Stored>{t('people.why.seen', { value: value[language] })}</Stored>{' '}
                </Text>
              ) : null}
              {negated ? (
                <Text span size="sm" c="var(--mesure-quiet)">
                  {t('people.why.negated')}
                </Text>
              ) : null}
            </List.Item>
          ))}
        </List>
      ) : null}
    </>
  );
};
