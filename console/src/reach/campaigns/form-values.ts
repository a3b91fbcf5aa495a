import { type CampaignBody, campaignDefinition } from '@mesure/contract/campaigns';
import type { z } from 'zod';
import type { Definition } from './differences.ts';
import { fromWallClock, toWallClock } from './shop-time.ts';

export interface VariantValue {
  readonly key: string;
  /** Empty while none is chosen. */
  readonly messageId: string;
  readonly weight: number | string;
}

/** What the fields of the wizard hold: number fields are text while somebody types. */
export interface FormValues {
  name: string;
  segmentId: string | null;
  topic: string | null;
  entityId: string | null;
  variants: VariantValue[];
  holdoutPercent: number | string;
  productCount: number | string;
  onPressure: 'block' | 'hold';
  timed: boolean;
  /** Wall clock of the shop, `2026-03-10T09:00`. */
  startAt: string;
}

export const toValues = (campaign: Definition, timeZone: string): FormValues => ({
  name: campaign.name,
  segmentId: campaign.segmentId,
  topic: campaign.topic,
  entityId: campaign.entityId,
  variants: campaign.variants.map((variant) => ({ ...variant })),
  holdoutPercent: Math.round(campaign.holdoutShare * 1000) / 10,
  productCount: campaign.productCount,
  onPressure: campaign.onPressure,
  timed: campaign.startAt !== null,
  startAt: campaign.startAt === null ? '' : toWallClock(campaign.startAt, timeZone),
});

/** What the API takes. Variants without a message yet stay in the browser. */
export const toDefinition = (values: FormValues, timeZone: string): Definition => ({
  name: values.name.trim(),
  segmentId: values.segmentId,
  topic: values.topic,
  entityId: values.entityId,
  variants: values.variants
    .filter(({ messageId }) => messageId !== '')
    .map(({ key, messageId, weight }) => ({ key: key.trim(), messageId, weight: Number(weight) })),
  holdoutShare: Math.round(Number(values.holdoutPercent) * 10) / 1000,
  productCount: Number(values.productCount),
  onPressure: values.onPressure,
  startAt: values.timed ? fromWallClock(values.startAt, timeZone) : null,
});

/** Which field of the wizard shows what is wrong with a part of the definition. */
const fieldOf: Readonly<Record<string, keyof FormValues>> = {
  holdoutShare: 'holdoutPercent',
  productCount: 'productCount',
  startAt: 'startAt',
};

export const stepOfField = (field: string): 'whom' | 'what' | 'when' =>
  field.startsWith('variants') || field === 'productCount'
    ? 'what'
    : field === 'holdoutPercent' || field === 'startAt'
      ? 'when'
      : 'whom';

type Issue = z.core.$ZodIssue;

/** Field → what is wrong, as the schema of the API sees it. */
export const wrongFields = (values: FormValues, timeZone: string): ReadonlyMap<string, Issue | 'time'> => {
  const wrong = new Map<string, Issue | 'time'>();
  const parsed = campaignDefinition.safeParse(toDefinition(values, timeZone));
  const kept = values.variants.flatMap(({ messageId }, index) => (messageId === '' ? [] : [index]));
  for (const issue of parsed.error?.issues ?? []) {
    const [part, index, ...rest] = issue.path;
    const field =
      part === 'variants' && typeof index === 'number'
        ? ['variants', kept[index] ?? index, ...rest].join('.')
        : (fieldOf[String(part)] ?? issue.path.join('.'));
    if (!wrong.has(field)) wrong.set(field, issue);
  }
  if (values.timed && fromWallClock(values.startAt, timeZone) === null) wrong.set('startAt', 'time');
  return wrong;
};

/** A key that no variant has yet: A, B, C … */
export const nextKey = (variants: readonly { readonly key: string }[]): string => {
  const taken = new Set(variants.map(({ key }) => key));
  for (let number = 0; ; number += 1) {
    const key = number < 26 ? String.fromCharCode(65 + number) : `V${String(number + 1)}`;
    if (!taken.has(key)) return key;
  }
};

export const sameDefinition = (a: Definition, b: Definition): boolean =>
  JSON.stringify(toValues(a, 'UTC')) === JSON.stringify(toValues(b, 'UTC'));

export const definitionOf = ({
  name,
  segmentId,
  topic,
  entityId,
  variants,
  holdoutShare,
  productCount,
  onPressure,
  startAt,
}: CampaignBody): Definition => ({
  name,
  segmentId,
  topic,
  entityId,
  variants,
  holdoutShare,
  productCount,
  onPressure,
  startAt,
});
