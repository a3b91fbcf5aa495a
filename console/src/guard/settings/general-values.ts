import type { SettingsChange, WorkspaceSettings } from '@mesure/contract/settings';

/** The general settings as the form edits them: no nulls, the holdout in percent. */
export interface GeneralValues {
  readonly name: string;
  readonly publicUrl: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly language: 'en' | 'fr';
  readonly quietHours: { readonly start: string; readonly end: string };
  readonly pressureCap: { readonly messages: number | string; readonly hours: number | string };
  readonly holdoutPercent: number | string;
  readonly experimentWindowDays: number | string;
}

export const generalValues = (settings: WorkspaceSettings): GeneralValues => ({
  name: settings.name,
  publicUrl: settings.publicUrl ?? '',
  timeZone: settings.timeZone,
  currency: settings.currency,
  language: settings.language,
  quietHours: settings.quietHours,
  pressureCap: settings.pressureCap,
  // 0.07 × 100 is 7.000000000000001 in binary.
  holdoutPercent: Math.round(settings.globalHoldoutShare * 10_000) / 100,
  experimentWindowDays: settings.experimentWindowDays,
});

/** What the form says, as the API takes it; an empty number field stays empty text, which the schema refuses. */
export const settingsOf = (values: GeneralValues): SettingsChange => ({
  name: values.name,
  publicUrl: values.publicUrl.trim() === '' ? null : values.publicUrl.trim(),
  timeZone: values.timeZone,
  currency: values.currency,
  language: values.language,
  quietHours: values.quietHours,
  pressureCap: values.pressureCap as WorkspaceSettings['pressureCap'],
  globalHoldoutShare: (typeof values.holdoutPercent === 'number'
    ? values.holdoutPercent / 100
    : values.holdoutPercent) as number,
  experimentWindowDays: values.experimentWindowDays as number,
});

/** Only what differs: an unchanged field of a form never overwrites what somebody else saved. */
export const changeOf = (values: GeneralValues, stored: WorkspaceSettings): SettingsChange =>
  Object.fromEntries(
    Object.entries(settingsOf(values)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field as keyof WorkspaceSettings]),
    ),
  );
