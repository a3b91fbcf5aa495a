import { Button, Collapse, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { SendItem } from '@mesure/contract/sends';
import { useNavigate } from '@tanstack/react-router';
import { formatInstant } from '#platform/format';
import { PlaceLink, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { CampaignName } from './campaign-name.tsx';
import { DecisionRecord } from './decision-record.tsx';
import { personRoute } from './routes.ts';
import { reasonWords, sendTones } from './send-words.ts';
import { Stored } from './stored.tsx';

/** One message: what became of it, and on request the whole record of its decision. */
export const SendEntry = ({ send }: { readonly send: SendItem }) => {
  const { t } = useWords();
  const navigate = useNavigate({ from: personRoute.fullPath });
  const opened = personRoute.useSearch({ select: (search) => search.send === send.id });
  const at = send.finishedAt ?? send.dueAt ?? send.queuedAt;
  const record = `record-${send.id}`;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <PlaceLink to={`/campaigns/${send.campaignId}`} c="var(--mantine-color-text)" inherit>
              <CampaignName id={send.campaignId} />
            </PlaceLink>
          </Title>
          <StateBadge tone={sendTones[send.state]}>{t(`people.state.${send.state}`)}</StateBadge>
        </Group>
        <Text size="sm">
          {send.dueAt && (send.state === 'held' || send.state === 'queued')
            ? t('people.messages.due', { date: formatInstant(send.dueAt) })
            : formatInstant(at)}
          {send.variant ? ` · ${t('people.messages.variant', { name: send.variant })}` : ''}
        </Text>
        {send.reason ? <Text size="sm">{reasonWords(send.reason)}</Text> : null}
        {send.detail ? (
          <Text size="sm" c="var(--mesure-quiet)">
            {t('people.messages.detail')} <Stored>{send.detail}</Stored>
          </Text>
        ) : null}
        {send.decisionId ? (
          <>
            <Group>
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={opened}
                aria-controls={record}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, send: opened ? undefined : send.id }),
                    replace: true,
                    resetScroll: false,
                  })
                }
              >
                {opened ? t('people.messages.hideWhy') : t('people.messages.why')}
              </Button>
            </Group>
            <Collapse expanded={opened} id={record}>
              {opened ? <DecisionRecord id={send.decisionId} /> : null}
            </Collapse>
          </>
        ) : null}
      </Stack>
    </Paper>
  );
};
