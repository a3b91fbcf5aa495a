import { NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { formatHours, formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { useAudienceNow } from './audience-size.tsx';
import type { FormValues } from './form-values.ts';
import { HoldoutWords } from './holdout-words.tsx';

interface WhenStepProps {
  readonly form: UseFormReturnType<FormValues>;
  readonly timeZone: string;
}

export const WhenStep = ({ form, timeZone }: WhenStepProps) => {
  const { t } = useWords();
  const settings = useSettings();
  const { values } = form;
  const segments = useQuery(queryOf(segmentsRoutes.listSegments, { query: { limit: 200 } }));
  const segment = segments.data?.items.find(({ id }) => id === values.segmentId);
  const now = useAudienceNow(segment);
  return (
    <Stack gap="md">
      <Panel title={t('campaigns.edit.step.when')}>
        <Radio.Group
          aria-label={t('campaigns.part.startAt')}
          value={values.timed ? 'timed' : 'now'}
          onChange={(value) => form.setFieldValue('timed', value === 'timed')}
        >
          <Stack gap="xs">
            <Radio
              value="now"
              label={t('campaigns.when.asSoon')}
              description={t('campaigns.when.asSoonHint')}
            />
            <Radio value="timed" label={t('campaigns.when.atTime')} />
          </Stack>
        </Radio.Group>
        {values.timed ? (
          <TextInput
            type="datetime-local"
            maw={320}
            label={t('campaigns.when.time')}
            description={t('campaigns.when.zone', { zone: timeZone })}
            {...form.getInputProps('startAt')}
          />
        ) : null}
        <Text size="sm" c="var(--mesure-quiet)">
          {t('campaigns.when.quiet', { ...settings.quietHours })}
        </Text>
      </Panel>
      <Panel title={t('campaigns.part.holdoutShare')} hint={t('campaigns.holdout.hint')}>
        <NumberInput
          maw={320}
          label={t('campaigns.holdout.share')}
          suffix=" %"
          min={0}
          max={90}
          decimalScale={1}
          {...form.getInputProps('holdoutPercent')}
        />
        <HoldoutWords
          people={segment === undefined || now.error ? null : now.data?.count}
          share={Number(values.holdoutPercent) / 100}
        />
        <Text size="sm" c="var(--mesure-quiet)">
          {t('campaigns.holdout.global', { share: formatShare(settings.globalHoldoutShare) })}
        </Text>
      </Panel>
      <Panel
        title={t('campaigns.part.onPressure')}
        hint={t('campaigns.pressure.cap', {
          count: settings.pressureCap.messages,
          time: formatHours(settings.pressureCap.hours),
        })}
      >
        <Radio.Group aria-label={t('campaigns.part.onPressure')} {...form.getInputProps('onPressure')}>
          <Stack gap="xs">
            <Radio
              value="block"
              label={t('campaigns.pressure.block')}
              description={t('campaigns.pressure.blockHint')}
            />
            <Radio
              value="hold"
              label={t('campaigns.pressure.hold')}
              description={t('campaigns.pressure.holdHint')}
            />
          </Stack>
        </Radio.Group>
      </Panel>
    </Stack>
  );
};
