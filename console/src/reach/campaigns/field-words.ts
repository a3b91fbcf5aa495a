import { say } from '#words';
import { type FormValues, wrongFields } from './form-values.ts';

/** What is wrong with each field, in words that say what to do. */
export const validateCampaign =
  (timeZone: string) =>
  (values: FormValues): Record<string, string> =>
    Object.fromEntries(
      [...wrongFields(values, timeZone)].map(([field, issue]) => {
        if (issue === 'time') return [field, say('campaigns.edit.wrong.time')];
        if (field.endsWith('.key')) return [field, say('campaigns.edit.wrong.key')];
        if (field === 'variants') return [field, say('campaigns.edit.wrong.variants')];
        if (field.endsWith('.weight')) return [field, say('common.field.number', { from: '0', to: '1000' })];
        if (field === 'holdoutPercent') return [field, say('common.field.number', { from: '0', to: '90' })];
        if (field === 'productCount') return [field, say('common.field.number', { from: '0', to: '12' })];
        if (field === 'name' && issue.code === 'too_big')
          return [field, say('common.field.tooLong', { count: 120 })];
        return [field, say('common.field.required')];
      }),
    );
