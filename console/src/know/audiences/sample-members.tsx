import { Group, List, Stack, Text } from '@mantine/core';
import type { PreviewBody, Rule } from '@mesure/contract/segments';
import { IconCheck, IconX } from '@tabler/icons-react';
import { AnchorLink, nameOf, Stored } from '#know/people';
import { StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { seenValue } from './seen-value.ts';

interface SampleMembersProps {
  readonly rule: Rule;
  readonly samples: PreviewBody['samples'];
}

/** Some of the people who are in, and what each condition saw of them. */
export const SampleMembers = ({ rule, samples }: SampleMembersProps) => {
  const { t } = useWords();
  return samples.map(({ profileId, person, reasons }) => (
    <List.Item key={profileId}>
      <Stack gap={2}>
        <Group gap="xs">
          <AnchorLink to="/people/$id" params={{ id: profileId }} size="sm" fw={500}>
            <Stored>{(person && nameOf(person)) ?? t('audiences.samples.nameless')}</Stored>
          </AnchorLink>
          {person?.city ? (
            <Text span size="sm" c="var(--mesure-quiet)">
              <Stored>{person.city}</Stored>
            </Text>
          ) : null}
          {person?.simulated ? <StateBadge tone="neutral">{t('common.simulated')}</StateBadge> : null}
        </Group>
        {reasons.map((reason) => {
          const value = seenValue(rule, reason);
          const Mark = reason.holds ? IconCheck : IconX;
          return (
            <Group key={reason.rule} gap={6} wrap="nowrap" align="flex-start">
              <Mark
                size={14}
                style={{ flex: 'none', marginTop: 3 }}
                role="img"
                aria-label={t(reason.holds ? 'audiences.samples.holds' : 'audiences.samples.holdsNot')}
              />
              <Text size="xs">
                <Stored>{reason.words}</Stored>
                {value === undefined ? null : (
                  <Text span size="xs" c="var(--mesure-quiet)">
                    {' '}
                    <Stored>{t('audiences.samples.seen', { value })}</Stored>
                  </Text>
                )}
              </Text>
            </Group>
          );
        })}
      </Stack>
    </List.Item>
  ));
};
