import { Stack, Table, Text } from '@mantine/core';
import type { CampaignBody, CampaignReview } from '@mesure/contract/campaigns';
import { formatHours, formatNumber, formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useSettings } from '#platform/session';
import { say, useWords } from '#words';
import classes from './review-reach.module.css';

interface Row {
  readonly key: string;
  readonly words: string;
  readonly people: number;
}

const rowsOf = (review: CampaignReview): readonly Row[] => {
  const removed = review.removed.map(({ rule, reason, count }) => ({
    key: `${rule} ${reason}`,
    words: reasonWords(reason),
    people: count,
  }));
  const held: readonly Row[] = [
    { key: 'global', words: say('campaigns.tally.globalHoldout'), people: review.globalHoldout },
    { key: 'own', words: say('campaigns.tally.campaignHoldout'), people: review.campaignHoldout },
  ];
  return [...removed, ...held.filter(({ people }) => people > 0)].toSorted((a, b) => b.people - a.people);
};

/** How many would get it, and everybody who would not, with the reason: the numbers add up to the audience. */
export const ReviewReach = ({
  review,
  campaign,
}: {
  readonly review: CampaignReview;
  readonly campaign: CampaignBody;
}) => {
  const { t, i18n } = useWords();
  const { pressureCap } = useSettings();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const leftOut = rowsOf(review);
  const missing = review.audience - review.wouldGet - leftOut.reduce((sum, { people }) => sum + people, 0);
  const share = (people: number): string =>
    review.audience > 0 ? formatShare(people / review.audience) : '–';
  return (
    <>
      <Panel title={t('campaigns.review.reach')}>
        <Stack gap="xs">
          <Text fz={28} fw={600} lh={1.2}>
            {t('campaigns.review.wouldGet', { count: review.wouldGet })}
          </Text>
          <div
            className={classes.bar}
            role="img"
            aria-label={t('campaigns.review.ofAudience', { count: review.audience })}
          >
            <span
              className={classes.gets}
              style={{ flexGrow: review.audience > 0 ? review.wouldGet / review.audience : 0 }}
            />
          </div>
          <Text size="sm">{t('campaigns.review.ofAudience', { count: review.audience })}</Text>
          {review.audienceInWords[language] === '' ? null : (
            <Text size="sm">
              {t('campaigns.review.inWords', { words: review.audienceInWords[language] })}
            </Text>
          )}
          {review.held.map(({ rule, reason, count }) => (
            <Text size="sm" key={`${rule} ${reason}`}>
              {t('campaigns.review.later', { count, reason: reasonWords(reason) })}
            </Text>
          ))}
          <Text size="sm" c="var(--mesure-quiet)">
            {t('campaigns.review.cost', {
              count: review.wouldGet,
              messages: pressureCap.messages,
              time: formatHours(pressureCap.hours),
            })}{' '}
            {t(`campaigns.review.pressure.${campaign.onPressure}`)}
          </Text>
        </Stack>
      </Panel>
      <Panel title={t('campaigns.review.leftOut')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('campaigns.review.why')}</Table.Th>
              <Table.Th ta="end">{t('campaigns.review.people')}</Table.Th>
              <Table.Th ta="end">{t('campaigns.review.share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className={classes.numbers}>
            {leftOut.map(({ key, words, people }) => (
              <Table.Tr key={key}>
                <Table.Td>{words}</Table.Td>
                <Table.Td ta="end">{formatNumber(people)}</Table.Td>
                <Table.Td ta="end">{share(people)}</Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Td>{t('campaigns.review.gets')}</Table.Td>
              <Table.Td ta="end">{formatNumber(review.wouldGet)}</Table.Td>
              <Table.Td ta="end">{share(review.wouldGet)}</Table.Td>
            </Table.Tr>
          </Table.Tbody>
          <Table.Tfoot className={classes.numbers}>
            <Table.Tr>
              <Table.Th>{t('campaigns.review.audience')}</Table.Th>
              <Table.Th ta="end">{formatNumber(review.audience)}</Table.Th>
              <Table.Th ta="end">
                {missing === 0 ? '' : t('campaigns.progress.unaccounted', { count: missing })}
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
        {review.productsChecked || review.audience === 0 ? null : (
          <Text size="sm" c="var(--mesure-quiet)">
            {t('campaigns.review.productsNotChecked')}
          </Text>
        )}
      </Panel>
      {review.perVariant.length > 1 ? (
        <Panel title={t('campaigns.review.perVariant')}>
          <Table>
            <Table.Tbody className={classes.numbers}>
              {review.perVariant.map(({ variant, share: planned, people }) => (
                <Table.Tr key={variant}>
                  <Table.Th>{t('campaigns.variant', { variant })}</Table.Th>
                  <Table.Td ta="end">{t('campaigns.review.getIt', { count: people })}</Table.Td>
                  <Table.Td ta="end">
                    {t('campaigns.review.planned', { share: formatShare(planned) })}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      ) : null}
    </>
  );
};
