import { NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { settingsChangeSchema } from '@mesure/contract/settings';
import { CurrencySelect, LanguageChoice, TimeZoneSelect } from '#platform/fields';
import { formatNumber } from '#platform/format';
import { ErrorNotice, Panel, validateWith } from '#platform/kit';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { changeOf, type GeneralValues, generalValues, settingsOf } from './general-values.ts';
import { useLocked } from './may-change.ts';
import { Restored } from './restored.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useChangeSettings } from './use-change-settings.ts';
import { useKeptForm } from './use-kept-form.ts';

const check = (words: Readonly<Record<string, string>>) => {
  const validate = validateWith(settingsChangeSchema, words);
  return (values: GeneralValues) => {
    const { globalHoldoutShare, ...others } = validate(settingsOf(values));
    return globalHoldoutShare === undefined ? others : { ...others, holdoutPercent: globalHoldoutShare };
  };
};

const between = (from: number, to: number) => ({ from: formatNumber(from), to: formatNumber(to) });

export const GeneralPage = () => {
  const { t } = useWords();
  const settings = useSettings();
  const locked = useLocked('admin');
  const disabled = locked !== undefined;
  const change = useChangeSettings();
  const { form, dirty, restored, saved, reset } = useKeptForm({
    name: 'settings/general',
    stored: generalValues(settings),
    validate: check({
      quietHours: t('settings.general.quietOrder'),
      'pressureCap.messages': t('common.field.number', between(0, 100)),
      'pressureCap.hours': t('common.field.number', between(1, 8784)),
      globalHoldoutShare: t('common.field.number', between(0, 50)),
      experimentWindowDays: t('common.field.number', between(1, 90)),
    }),
  });
  const save = (): void => {
    if (form.validate().hasErrors) return;
    change.save(changeOf(form.values, settings), () => saved(form.values));
  };
  const { pressureCap, holdoutPercent, quietHours } = form.values;
  const holdout = Number(holdoutPercent);
  return (
    <SettingsPage section="general" shared locked={locked}>
      {restored ? <Restored onDiscard={reset} /> : null}
      <Panel title={t('settings.general.shop')}>
        <TextInput
          label={t('settings.general.name')}
          required
          disabled={disabled}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('settings.general.publicUrl')}
          description={t('settings.general.publicUrlHint')}
          placeholder="https://news.shop.example"
          inputMode="url"
          autoComplete="off"
          disabled={disabled}
          {...form.getInputProps('publicUrl')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TimeZoneSelect
            label={t('settings.general.timeZone')}
            disabled={disabled}
            {...form.getInputProps('timeZone')}
          />
          <CurrencySelect
            label={t('settings.general.currency')}
            disabled={disabled}
            {...form.getInputProps('currency')}
          />
        </SimpleGrid>
        <LanguageChoice
          label={t('settings.general.language')}
          description={t('settings.general.languageHint')}
          disabled={disabled}
          {...form.getInputProps('language')}
        />
      </Panel>
      <Panel title={t('settings.general.restraint')} hint={t('settings.general.restraintHint')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            type="time"
            label={t('settings.general.quietStart')}
            disabled={disabled}
            {...form.getInputProps('quietHours.start')}
          />
          <TextInput
            type="time"
            label={t('settings.general.quietEnd')}
            disabled={disabled}
            {...form.getInputProps('quietHours.end')}
          />
        </SimpleGrid>
        {form.errors['quietHours'] ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {form.errors['quietHours']}
          </Text>
        ) : (
          <Text size="sm">
            {t('settings.general.quietMeans', { start: quietHours.start, end: quietHours.end })}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t('settings.general.capMessages')}
            min={0}
            max={100}
            allowDecimal={false}
            disabled={disabled}
            {...form.getInputProps('pressureCap.messages')}
          />
          <NumberInput
            label={t('settings.general.capHours')}
            min={1}
            max={8784}
            allowDecimal={false}
            disabled={disabled}
            {...form.getInputProps('pressureCap.hours')}
          />
        </SimpleGrid>
        <Text size="sm">
          {t('settings.general.capMeans', {
            count: Number(pressureCap.messages),
            days: formatNumber(Math.round((Number(pressureCap.hours) / 24) * 10) / 10),
          })}
        </Text>
      </Panel>
      <Panel title={t('settings.general.proof')} hint={t('settings.general.proofHint')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t('settings.general.holdout')}
            suffix=" %"
            min={0}
            max={50}
            decimalScale={2}
            disabled={disabled}
            {...form.getInputProps('holdoutPercent')}
          />
          <NumberInput
            label={t('settings.general.window')}
            min={1}
            max={90}
            allowDecimal={false}
            disabled={disabled}
            {...form.getInputProps('experimentWindowDays')}
          />
        </SimpleGrid>
        <Stack gap={4}>
          <Text size="sm">
            {holdout > 0
              ? t('settings.general.holdoutMeans', { count: Math.round(holdout * 100) })
              : t('settings.general.holdoutNone')}
          </Text>
          <Text size="sm">{t('settings.general.windowMeans')}</Text>
        </Stack>
      </Panel>
      <ErrorNotice error={change.error} />
      <SaveBar dirty={dirty} saving={change.isPending} locked={locked} onSave={save} onReset={reset} />
    </SettingsPage>
  );
};
