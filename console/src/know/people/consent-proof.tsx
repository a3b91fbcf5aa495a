import { Anchor, Blockquote, Code, Group, Stack, Text } from '@mantine/core';
import { formatDate, formatInstant } from '#platform/format';
import { Facts, PlaceLink, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { languageName } from './place-names.ts';
import type { ConsentEntry } from './standing.ts';
import { Stored } from './stored.tsx';

/** One yes or no as the ledger keeps it: when, by what way, in which words. */
export const ConsentProof = ({ entry }: { readonly entry: ConsentEntry }) => {
  const { t } = useWords();
  const { proof } = entry;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {t(`people.consents.${entry.state}`, { date: formatInstant(entry.at) })}
        </Text>
        {entry.standing ? <StateBadge tone="active">{t('people.consents.counts')}</StateBadge> : null}
        {proof.simulated ? <StateBadge tone="neutral">{t('common.simulated')}</StateBadge> : null}
      </Group>
      {proof.wording ? (
        <Blockquote p="sm" m={0} fz="sm" cite={proof.language ? languageName(proof.language) : undefined}>
          <span dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
            {proof.wording}
          </span>
        </Blockquote>
      ) : null}
      <Facts
        facts={[
          { name: t('people.proof.method'), value: t(`people.method.${proof.method}`) },
          { name: t('people.proof.source'), value: <Stored>{proof.source}</Stored> },
          { name: t('people.proof.recorded'), value: formatDate(entry.recordedAt) },
          ...(proof.actorName
            ? [{ name: t('people.proof.actor'), value: <Stored>{proof.actorName}</Stored> }]
            : []),
          ...(proof.url
            ? [
                {
                  name: t('people.proof.url'),
                  value: /^https?:\/\//.test(proof.url) ? (
                    <Anchor href={proof.url} target="_blank" rel="noreferrer noopener" size="sm">
                      {proof.url}
                    </Anchor>
                  ) : (
                    <Stored>{proof.url}</Stored>
                  ),
                },
              ]
            : []),
          ...(proof.importId
            ? [
                {
                  name: t('people.proof.import'),
                  value: (
                    <PlaceLink to={`/imports/${proof.importId}`}>{t('people.proof.showImport')}</PlaceLink>
                  ),
                },
              ]
            : []),
          ...(proof.wordingHash
            ? [
                {
                  name: t('people.proof.hash'),
                  value: <Code title={proof.wordingHash}>{proof.wordingHash.slice(0, 16)}…</Code>,
                },
              ]
            : []),
        ]}
      />
      {proof.wording ? null : (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.proof.noWording')}
        </Text>
      )}
    </Stack>
  );
};
