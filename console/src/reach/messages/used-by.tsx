import { Text } from '@mantine/core';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';
import classes from './messages.module.css';

/** The newest campaigns are looked at; older ones keep the version that was approved anyway. */
const looked = 200;

/** Campaigns whose variants say this message. */
export const UsedBy = ({ messageId }: { readonly messageId: string }) => {
  const { t } = useWords();
  const { data } = useQuery(queryOf(campaignRoutes.listCampaigns, { query: { limit: looked } }));
  if (!data) return null;
  const uses = data.items.flatMap(({ id, name, variants }) =>
    variants.filter((variant) => variant.messageId === messageId).map(({ key }) => ({ id, name, key })),
  );
  return (
    <Panel title={t('messages.used.title')}>
      {uses.length === 0 ? (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('messages.used.none')}
        </Text>
      ) : (
        <ul className={classes.findings}>
          {uses.map(({ id, name, key }) => (
            <li key={`${id} ${key}`}>
              <PlaceLink to={`/campaigns/${id}`}>
                {t('messages.used.campaign', { name, variant: key })}
              </PlaceLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
