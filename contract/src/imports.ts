import { z } from 'zod';
import { route } from './route.ts';
import { currencySchema, timeZoneSchema } from './settings.ts';

/** What a column of an order file can mean. */
export const importFields = [
  'orderId',
  'orderDate',
  'customerId',
  'email',
  'firstName',
  'lastName',
  'fullName',
  'phone',
  'language',
  'country',
  'region',
  'city',
  'timeZone',
  'sku',
  'productName',
  'category',
  'quantity',
  'unitPrice',
  'lineTotal',
  'currency',
  'status',
  'cancelledAt',
  'gift',
] as const;
export const importField = z.enum(importFields);
export type ImportField = z.infer<typeof importField>;

const columnName = z.string().min(1).max(500);
const purpose = z.string().regex(/^(prospecting|click_tracking|personalisation|topic:[a-z0-9_-]{1,60})$/);

/**
 * A consent that the file proves (L-01, L-02): which column says yes or no, where the consent was given (a column or
 * one sentence for the whole file) and when (a column). A line whose proof is blank brings no consent.
 */
export const importConsent = z.strictObject({
  purpose,
  /** Controller entity; the workspace's default entity when absent. */
  entityId: z.uuid().optional(),
  column: columnName,
  source: z.union([
    z.strictObject({ column: columnName }),
    z.strictObject({ text: z.string().min(3).max(500) }),
  ]),
  dateColumn: columnName,
  /** The words that were agreed to, when the file or the shop still knows them. */
  wording: z.string().max(5000).optional(),
});
export type ImportConsent = z.infer<typeof importConsent>;

/** Addresses and consents made up for a demonstration on real orders; labelled `simulated` wherever they appear. */
export const importSimulation = z.strictObject({
  addresses: z.boolean(),
  /** Share of people, in [0, 1], who get a made-up consent for each of the purposes; drawn from the profile's id. */
  consentShare: z.number().min(0).max(1),
  purposes: z.array(purpose).max(20),
});
export type ImportSimulation = z.infer<typeof importSimulation>;

export const importDateFormat = z.enum(['iso', 'dmy', 'mdy', 'excel']);
export type ImportDateFormat = z.infer<typeof importDateFormat>;

export const importMapping = z.strictObject({
  columns: z.partialRecord(importField, columnName),
  decimal: z.enum(['.', ',']),
  dateFormat: importDateFormat,
  /** IANA zone of dates that carry no offset. */
  timeZone: timeZoneSchema,
  /** ISO 4217, for lines that name no currency. */
  currency: currencySchema,
  /** Exports that write the order's own columns on its first line only (Shopify): later lines inherit them. */
  fillDown: z.boolean(),
  duplicates: z.enum(['keep', 'set_aside']),
  knownOrders: z.enum(['set_aside', 'import']),
  consents: z.array(importConsent).max(20),
  simulation: importSimulation.nullable(),
});
export type ImportMapping = z.infer<typeof importMapping>;

/** What a person corrects: only what differs from the guess. A column set to null is not used. */
export const importMappingChange = importMapping
  .omit({ columns: true })
  .partial()
  .extend({ columns: z.partialRecord(importField, columnName.nullable()).optional() })
  .strict();
export type ImportMappingChange = z.infer<typeof importMappingChange>;

export const importTroubleKinds = [
  'no_customer',
  'cancelled',
  'returned',
  'zero_price',
  'negative_price',
  'duplicate',
  'not_a_product',
  'several_names',
  'no_sku',
  'split_order',
  'future_date',
  'unknown_currency',
  'unreadable_characters',
  'unreadable_email',
  'consent_without_proof',
  'impossible_date',
  'unreadable_number',
  'no_order',
  'no_product',
  'too_many_columns',
  'too_few_columns',
  'known_order',
] as const;
export const importTroubleKind = z.enum(importTroubleKinds);
export type ImportTroubleKind = z.infer<typeof importTroubleKind>;

/** What was done with the lines of a trouble. */
export const importTreatment = z.enum(['imported', 'imported_flagged', 'set_aside', 'ignored']);
export type ImportTreatment = z.infer<typeof importTreatment>;

export const importSample = z.object({
  file: z.string(),
  /** First physical line of the record in its file, counted from 1. */
  line: z.int(),
  /** The value that caused the trouble, shortened; never an address or a name of a person. */
  value: z.string(),
  /** Order, product, quantity, price and date of the line as written. */
  excerpt: z.string(),
});

export const importReport = z.object({
  /** Records in the files, header lines and blank lines left out. */
  linesIn: z.int(),
  blankLines: z.int(),
  /** The three sum to `linesIn`. */
  productLines: z.int(),
  otherLines: z.int(),
  linesSetAside: z.int(),
  linesWithoutCustomer: z.int(),
  orders: z.object({ completed: z.int(), refunded: z.int(), cancelled: z.int() }),
  people: z.object({ new: z.int(), known: z.int() }),
  products: z.int(),
  /** Net of refunds, minor units, per currency. */
  revenue: z.array(z.object({ currency: z.string(), minor: z.int() })),
  firstOrderAt: z.iso.datetime().nullable(),
  lastOrderAt: z.iso.datetime().nullable(),
  consents: z.object({ granted: z.int(), withdrawn: z.int(), simulated: z.int() }),
  files: z.array(z.object({ name: z.string(), lines: z.int(), blankLines: z.int() })),
  troubles: z.array(
    z.object({
      kind: importTroubleKind,
      lines: z.int(),
      treatment: importTreatment,
      samples: z.array(importSample),
    }),
  ),
  /** Lines that are not products, by what they are: postage, fee, manual, discount, sample… */
  otherKinds: z.array(z.object({ kind: z.string(), lines: z.int() })),
  /** Products that come under several names: the name kept and the others, most frequent first. */
  severalNames: z.object({
    products: z.int(),
    samples: z.array(z.object({ sku: z.string(), kept: z.string(), others: z.array(z.string()) })),
  }),
});
export type ImportReport = z.infer<typeof importReport>;

export const importGuess = z.object({
  preset: z.enum(['shopify', 'woocommerce']).nullable(),
  encoding: z.enum(['utf-8', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t', '|']),
  header: z.array(z.string()),
  /** The first records as read, for a look before anything happens. */
  preview: z.array(z.array(z.string())),
  mapping: importMapping,
  reasons: z.array(
    z.object({ field: importField, column: z.string(), by: z.enum(['preset', 'header', 'content']) }),
  ),
  /** The sample fits day first and month first alike. */
  dateIsAmbiguous: z.boolean(),
});
export type ImportGuess = z.infer<typeof importGuess>;

export const importState = z.enum([
  'receiving',
  'described',
  'checking',
  'running',
  'committed',
  'undoing',
  'undone',
  'cancelled',
  'failed',
]);
export type ImportState = z.infer<typeof importState>;

const importFile = z.object({
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** The same bytes were imported before: the id of that import. */
  alreadyImportedBy: z.uuid().nullable(),
});

export const importSummary = z.object({
  id: z.uuid(),
  kind: z.literal('orders'),
  state: importState,
  files: z.array(importFile),
  progress: z.object({
    phase: z.enum(['waiting', 'reading', 'saving', 'done']),
    bytesDone: z.int(),
    bytesTotal: z.int(),
    lines: z.int(),
  }),
  /** Why it failed or was cancelled: what, where, what to do. */
  failure: z.string().nullable(),
  /** The same as a code, `reason`, with where it was; null where there is no code for it. */
  failureWhy: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  committedAt: z.iso.datetime().nullable(),
  undoneAt: z.iso.datetime().nullable(),
});
export type ImportSummary = z.infer<typeof importSummary>;

export const importDetail = importSummary.extend({
  guess: importGuess.nullable(),
  mapping: importMapping.nullable(),
  /** Of the last dry run, or of the import once it is committed. */
  report: importReport.nullable(),
  reportIsDryRun: z.boolean(),
});
export type ImportDetail = z.infer<typeof importDetail>;

const importParams = z.object({ id: z.uuid() });
const fileName = z
  .string()
  .regex(/^[^/\\\0]{1,200}$/, 'A file name without folders, at most 200 characters.')
  .refine((name) => name !== '.' && name !== '..', 'This is not a file name.');

const tag = 'imports';
const access = ['marketer', 'approver', 'admin'] as const;

export const importsRoutes = {
  createImport: route({
    method: 'POST',
    path: '/api/imports',
    summary: 'Open an import of orders; files are added to it next',
    tag,
    access: [...access],
    response: importDetail,
    status: 201,
  }),
  addImportFile: route({
    method: 'PUT',
    path: '/api/imports/:id/files/:name',
    summary: 'Send one .csv or .csv.gz file as the raw body; the answer carries the guessed mapping',
    tag,
    access: [...access],
    params: z.object({ id: z.uuid(), name: fileName }),
    raw: 'request',
    response: importDetail,
  }),
  listImports: route({
    method: 'GET',
    path: '/api/imports',
    summary: 'Imports, newest first',
    tag,
    access: 'signed-in',
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(importSummary), next: z.uuid().optional() }),
  }),
  getImport: route({
    method: 'GET',
    path: '/api/imports/:id',
    summary: 'One import: guess, mapping, progress and quality report',
    tag,
    access: 'signed-in',
    params: importParams,
    response: importDetail,
  }),
  correctImportMapping: route({
    method: 'PUT',
    path: '/api/imports/:id/mapping',
    summary: 'Correct the guess: only what differs from it',
    tag,
    access: [...access],
    params: importParams,
    body: importMappingChange,
    response: importDetail,
  }),
  dryRunImport: route({
    method: 'POST',
    path: '/api/imports/:id/dry-run',
    summary: 'Read everything, write nothing, answer with the quality report',
    tag,
    access: [...access],
    params: importParams,
    response: importDetail,
    status: 202,
  }),
  startImport: route({
    method: 'POST',
    path: '/api/imports/:id/start',
    summary: 'Import for real; visible as a whole or not at all',
    tag,
    access: [...access],
    params: importParams,
    response: importDetail,
    status: 202,
  }),
  cancelImport: route({
    method: 'POST',
    path: '/api/imports/:id/cancel',
    summary: 'Stop an import that is not committed and forget its files',
    tag,
    access: [...access],
    params: importParams,
    response: importDetail,
  }),
  undoImport: route({
    method: 'POST',
    path: '/api/imports/:id/undo',
    summary: 'Take a committed import back as a whole',
    tag,
    access: [...access],
    params: importParams,
    response: importDetail,
    status: 202,
  }),
  downloadSetAside: route({
    method: 'GET',
    path: '/api/imports/:id/set-aside',
    summary: 'The lines that were not imported, each with its reason, as CSV',
    tag,
    access: [...access],
    params: importParams,
    raw: 'response',
    response: z.string(),
  }),
} as const;
