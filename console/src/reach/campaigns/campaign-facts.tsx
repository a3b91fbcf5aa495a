import type { CampaignBody } from '@mesure/contract/campaigns';
import { consentRoutes } from '@mesure/contract/consent';
import { messagesRoutes } from '@mesure/contract/messages';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { formatInstant, formatNumber, formatShare } from '#platform/format';
import { type Fact, Facts, Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';

/** The definition as it stands, and who made it so. */
export const CampaignFacts = ({ campaign }: { readonly campaign: CampaignBody }) => {
  const { t, i18n } = useWords();
  const segments = useQuery(queryOf(segmentsRoutes.listSegments, { query: { limit: 200 } }));
  const messages = useQuery(queryOf(messagesRoutes.listMessages, { query: { limit: 200 } }));
  const entities = useQuery(queryOf(consentRoutes.listEntities));
  const topics = useQuery(queryOf(consentRoutes.listTopics));
  const audience = segments.data?.items.find(({ id }) => id === campaign.segmentId);
  const entity = entities.data?.items.find(({ id, isDefault }) =>
    campaign.entityId === null ? isDefault : id === campaign.entityId,
  );
  const topic = topics.data?.items.find(({ key }) => key === campaign.topic);
  const totalWeight = campaign.variants.reduce((sum, { weight }) => sum + weight, 0);
  const facts: readonly Fact[] = [
    {
      name: t('campaigns.part.segmentId'),
      value: audience ? (
        <PlaceLink to={`/audiences/${audience.id}`}>{audience.name}</PlaceLink>
      ) : (
        t('campaigns.list.noAudience')
      ),
    },
    {
      name: t('campaigns.part.variants'),
      value:
        campaign.variants.length === 0
          ? t('campaigns.what.none')
          : campaign.variants.map(({ key, messageId, weight }) => (
              <div key={key}>
                {key} ({formatShare(weight / totalWeight)}){' '}
                <PlaceLink to={`/messages/${messageId}`}>
                  {messages.data?.items.find(({ id }) => id === messageId)?.name ??
                    t('campaigns.what.message')}
                </PlaceLink>
              </div>
            )),
    },
    { name: t('campaigns.part.productCount'), value: formatNumber(campaign.productCount) },
    {
      name: t('campaigns.part.startAt'),
      value: campaign.startAt ? formatInstant(campaign.startAt) : t('campaigns.when.asSoon'),
    },
    { name: t('campaigns.part.holdoutShare'), value: formatShare(campaign.holdoutShare) },
    { name: t('campaigns.part.onPressure'), value: t(`campaigns.pressure.${campaign.onPressure}`) },
    {
      name: t('campaigns.part.topic'),
      value: topic
        ? i18n.language === 'fr'
          ? topic.nameFr
          : topic.nameEn
        : (campaign.topic ?? t('campaigns.whom.anyTopic')),
    },
    { name: t('campaigns.part.entityId'), value: entity?.name ?? '–' },
    {
      name: t('campaigns.facts.author'),
      value: t('campaigns.facts.by', {
        name: campaign.author.name,
        at: formatInstant(campaign.createdAt),
      }),
    },
    {
      name: t('campaigns.facts.editor'),
      // Once it has begun, what is newer than the last change is the sending's.
      value: campaign.startedAt
        ? campaign.lastEditor.name
        : t('campaigns.facts.by', {
            name: campaign.lastEditor.name,
            at: formatInstant(campaign.updatedAt),
          }),
      note: t('campaigns.facts.version', { version: campaign.version }),
    },
  ];
  return (
    <Panel title={t('campaigns.facts.title')}>
      <Facts facts={facts} />
    </Panel>
  );
};
