import { z } from 'zod';
import { route } from './route.ts';

const canonicalTimeZone = (value: string): boolean => {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    // Offsets such as +02:00 are accepted by Intl but know no summer time, so quiet hours would drift.
    return timeZone !== '' && /^[A-Za-z]/.test(value);
  } catch {
    return false;
  }
};

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An IANA time zone name such as `Europe/Paris`. */
export const timeZoneSchema = z
  .string()
  .refine(canonicalTimeZone, 'must be an IANA time zone such as Europe/Paris or America/Montreal');

/** An ISO 4217 code such as `EUR`. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code such as EUR')
  .refine((code) => currencies.has(code), 'is not a currency of ISO 4217');

export const languageSchema = z.enum(['en', 'fr']);

const wallClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00');

export const brandSchema = z.strictObject({
  /** What customers read; null: the workspace's name. */
  name: z.string().trim().min(1).max(80).nullable(),
  /** `brandPalette` of brand-colour makes it readable in light and dark; null: Mesure's own. */
  accentColor: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1d5fa8')
    .nullable(),
});
export type Brand = Readonly<z.output<typeof brandSchema>>;

export const brandLogoSchema = z.object({
  /** Public and unchanging: another logo has another address. */
  path: z.string(),
  mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
});
export type BrandLogo = Readonly<z.output<typeof brandLogoSchema>>;

export const brandLogoLimits = { bytes: 200_000, pixels: 4096 } as const;

export const workspaceSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Where customers reach this server: scheme and host, https (http only on loopback, with the catcher). */
  publicUrl: z.string().max(300).nullable(),
  timeZone: timeZoneSchema,
  currency: currencySchema,
  language: languageSchema,
  /** Marketing may arrive from `start` (included) to `end` (excluded), in the recipient's time zone. */
  quietHours: z
    .strictObject({ start: wallClockTime, end: wallClockTime })
    .refine((hours) => hours.start < hours.end, 'start must come before end'),
  /** At most `messages` marketing messages per person in any sliding window of `hours`. */
  pressureCap: z.strictObject({
    messages: z.int().min(0).max(100),
    hours: z
      .int()
      .min(1)
      .max(24 * 366),
  }),
  /** Share of people, in [0, 0.5], who get no marketing at all so that the whole can be measured. */
  globalHoldoutShare: z.number().min(0).max(0.5),
  /** Days after a message in which an order counts for its experiment. */
  experimentWindowDays: z.int().min(1).max(90),
  /** How customers see the sender. */
  brand: brandSchema,
});

export type WorkspaceSettings = Readonly<z.output<typeof workspaceSettingsSchema>>;

/** What a workspace starts with beyond its name, time zone, currency and language. */
export const defaultSettings = {
  publicUrl: null,
  quietHours: { start: '08:00', end: '20:00' },
  pressureCap: { messages: 2, hours: 168 },
  globalHoldoutShare: 0.05,
  experimentWindowDays: 7,
  brand: { name: null, accentColor: null },
} as const satisfies Partial<WorkspaceSettings>;

export const settingsChangeSchema = workspaceSettingsSchema
  .partial()
  .extend({ brand: brandSchema.partial().optional() });
export type SettingsChange = Readonly<z.output<typeof settingsChangeSchema>>;

export const settingsRoutes = {
  readSettings: route({
    method: 'GET',
    path: '/api/settings',
    summary: 'Read the settings of the workspace',
    tag: 'Settings',
    access: 'signed-in',
    response: workspaceSettingsSchema,
  }),
  changeSettings: route({
    method: 'PATCH',
    path: '/api/settings',
    summary: 'Change some settings of the workspace',
    tag: 'Settings',
    access: ['admin'],
    body: settingsChangeSchema,
    response: workspaceSettingsSchema,
  }),
  readBrandLogo: route({
    method: 'GET',
    path: '/api/settings/logo',
    summary: 'The logo on customers’ pages, and where it is',
    tag: 'Settings',
    access: 'signed-in',
    response: z.object({ logo: brandLogoSchema.nullable() }),
  }),
  saveBrandLogo: route({
    method: 'PUT',
    path: '/api/settings/logo',
    summary: 'Upload the logo: PNG, JPEG or WebP, at most 200 kB and 4096 pixels a side',
    tag: 'Settings',
    access: ['admin'],
    raw: 'request',
    response: z.object({ logo: brandLogoSchema }),
  }),
  removeBrandLogo: route({
    method: 'DELETE',
    path: '/api/settings/logo',
    summary: 'Show no logo any more',
    tag: 'Settings',
    access: ['admin'],
    response: z.object({ removed: z.boolean() }),
  }),
} as const;
