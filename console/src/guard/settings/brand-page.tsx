import { ColorInput, TextInput } from '@mantine/core';
import { settingsChangeSchema } from '@mesure/contract/settings';
import { ErrorNotice, Panel, validateWith } from '#platform/kit';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { AccentSample } from './accent-sample.tsx';
import { Logo } from './logo.tsx';
import { useLocked } from './may-change.ts';
import { Restored } from './restored.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useChangeSettings } from './use-change-settings.ts';
import { useKeptForm } from './use-kept-form.ts';

interface BrandValues {
  readonly name: string;
  readonly accentColor: string;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const brandOf = ({ name, accentColor }: BrandValues) => ({
  brand: { name: orNull(name), accentColor: orNull(accentColor)?.toLowerCase() ?? null },
});

export const BrandPage = () => {
  const { t } = useWords();
  const { brand, name } = useSettings();
  const locked = useLocked('admin');
  const change = useChangeSettings();
  const validate = validateWith(settingsChangeSchema, {
    'brand.accentColor': t('settings.brand.colourWrong'),
  });
  const { form, dirty, restored, saved, reset } = useKeptForm<BrandValues>({
    name: 'settings/brand',
    stored: { name: brand.name ?? '', accentColor: brand.accentColor ?? '' },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(validate(brandOf(values))).map(([path, problem]) => [
          path.replace(/^brand\./, ''),
          problem,
        ]),
      ),
  });
  const save = (): void => {
    if (form.validate().hasErrors) return;
    change.save(brandOf(form.values), () => saved(form.values));
  };
  return (
    <SettingsPage section="brand" shared locked={locked}>
      {restored ? <Restored onDiscard={reset} /> : null}
      <Panel title={t('settings.brand.looks')}>
        <TextInput
          label={t('settings.brand.name')}
          description={t('settings.brand.nameHint', { name })}
          placeholder={name}
          maxLength={80}
          disabled={locked !== undefined}
          {...form.getInputProps('name')}
        />
        <ColorInput
          label={t('settings.brand.colour')}
          description={t('settings.brand.colourHint')}
          placeholder="#0b6e6e"
          format="hex"
          fixOnBlur={false}
          withEyeDropper={false}
          disabled={locked !== undefined}
          maw={320}
          {...form.getInputProps('accentColor')}
        />
        <AccentSample accent={form.values.accentColor} name={form.values.name.trim() || name} />
        <ErrorNotice error={change.error} />
        <SaveBar dirty={dirty} saving={change.isPending} locked={locked} onSave={save} onReset={reset} />
      </Panel>
      <Logo locked={locked} />
    </SettingsPage>
  );
};
