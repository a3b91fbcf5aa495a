import { Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { consentRoutes } from '@mesure/contract/consent';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { compareText } from '#platform/format';
import { Empty, ErrorNotice, Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';
import { AudienceSize } from './audience-size.tsx';
import type { FormValues } from './form-values.ts';

export const WhomStep = ({ form }: { readonly form: UseFormReturnType<FormValues> }) => {
  const { t, i18n } = useWords();
  const segments = useQuery(queryOf(segmentsRoutes.listSegments, { query: { limit: 200 } }));
  const entities = useQuery(queryOf(consentRoutes.listEntities));
  const topics = useQuery(queryOf(consentRoutes.listTopics));
  const chosen = segments.data?.items.find(({ id }) => id === form.values.segmentId);
  const gone = form.values.segmentId !== null && segments.data && !chosen;
  return (
    <Panel title={t('campaigns.edit.step.whom')} hint={t('campaigns.whom.hint')}>
      <Stack gap="md" maw={640}>
        <TextInput
          label={t('campaigns.edit.name')}
          description={t('campaigns.edit.nameHint')}
          {...form.getInputProps('name')}
        />
        {segments.data?.items.length === 0 ? (
          <Empty
            title={t('campaigns.whom.none')}
            hint={t('campaigns.whom.noneHint')}
            action={<PlaceLink to="/audiences">{t('campaigns.whom.toAudiences')}</PlaceLink>}
          />
        ) : (
          <Select
            label={t('campaigns.part.segmentId')}
            placeholder={t('campaigns.whom.choose')}
            searchable
            clearable
            nothingFoundMessage={t('common.list.empty')}
            data={(segments.data?.items ?? [])
              .toSorted((a, b) => compareText(a.name, b.name))
              .map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('segmentId')}
            {...(gone ? { error: t('campaigns.whom.gone') } : {})}
          />
        )}
        <ErrorNotice error={segments.error} onRetry={() => void segments.refetch()} />
        {chosen ? <AudienceSize segment={chosen} /> : null}
        <Select
          label={t('campaigns.part.topic')}
          description={t('campaigns.whom.topicHint')}
          placeholder={t('campaigns.whom.anyTopic')}
          clearable
          data={(topics.data?.items ?? []).map(({ key, nameEn, nameFr }) => ({
            value: key,
            label: i18n.language === 'fr' ? nameFr : nameEn,
          }))}
          {...form.getInputProps('topic')}
        />
        <Select
          label={t('campaigns.part.entityId')}
          description={t('campaigns.whom.entityHint')}
          placeholder={t('campaigns.whom.defaultEntity', {
            name: entities.data?.items.find(({ isDefault }) => isDefault)?.name ?? '–',
          })}
          clearable
          data={(entities.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('entityId')}
        />
        <Text size="sm" c="var(--mesure-quiet)">
          {t('campaigns.whom.consent')}
        </Text>
      </Stack>
    </Panel>
  );
};
