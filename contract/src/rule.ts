import { z } from 'zod';

/** Limits of a rule: a condition in the editor stays readable, and a compiled query stays small. */
export const ruleLimits = { depth: 8, nodes: 100, values: 1000, filters: 10 } as const;

const text = z.string().max(500);
const key = z.string().min(1).max(128);
const number = z.number();

const comparisons = [
  z.strictObject({ operator: z.enum(['gt', 'gte', 'lt', 'lte']), value: number }),
  z
    .strictObject({ operator: z.literal('between'), min: number, max: number })
    .refine((test) => test.min <= test.max, {
      path: ['max'],
      message: 'The upper end is below the lower end.',
    }),
] as const;

/** `equals` and `in` are exact; `contains` ignores case; `exists` means known and not empty. */
export const textTestSchema = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('equals'), value: text }),
  z.strictObject({ operator: z.literal('in'), values: z.array(text).min(1).max(ruleLimits.values) }),
  z.strictObject({ operator: z.literal('contains'), value: text.min(1) }),
  z.strictObject({ operator: z.literal('exists') }),
]);
export type TextTest = z.infer<typeof textTestSchema>;

/** `between` includes both ends. */
export const numberTestSchema = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('equals'), value: number }),
  ...comparisons,
]);
export type NumberTest = z.infer<typeof numberTestSchema>;

const traitValue = z.union([text, number, z.boolean()]);
export const traitTestSchema = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('equals'), value: traitValue }),
  z.strictObject({ operator: z.literal('in'), values: z.array(traitValue).min(1).max(ruleLimits.values) }),
  z.strictObject({ operator: z.literal('contains'), value: text.min(1) }),
  z.strictObject({ operator: z.literal('exists') }),
  ...comparisons,
]);
export type TraitTest = z.infer<typeof traitTestSchema>;

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/**
 * `last`: from that long ago (excluded) to now (included), by the business clock; a day is 24 hours.
 * `between`: from (included) to (excluded); a date alone is midnight in the workspace's time zone.
 */
export const windowSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('last'),
    amount: z.int().min(1).max(36_500),
    unit: z.enum(['hours', 'days']),
  }),
  z
    .strictObject({ kind: z.literal('between'), from: instant.optional(), to: instant.optional() })
    .refine(
      (window) => window.from !== undefined || window.to !== undefined,
      'Give a beginning, an end, or both.',
    ),
]);
export type Window = z.infer<typeof windowSchema>;

/** `item`: one and the same order line fulfils every given condition. `unitPrice` is in major units. */
export const eventFilterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), key, test: textTestSchema }),
  z.strictObject({ kind: z.literal('number'), key, test: numberTestSchema }),
  z
    .strictObject({
      kind: z.literal('item'),
      sku: textTestSchema.optional(),
      name: textTestSchema.optional(),
      category: textTestSchema.optional(),
      quantity: numberTestSchema.optional(),
      unitPrice: numberTestSchema.optional(),
    })
    .refine(
      (item) => Object.values(item).filter((part) => part !== undefined).length > 1,
      'Say something about the item.',
    ),
]);
export type EventFilter = z.infer<typeof eventFilterSchema>;

export const profileFields = [
  'external_id',
  'email_domain',
  'first_name',
  'last_name',
  'language',
  'country',
  'region',
  'city',
  'time_zone',
] as const;
export type ProfileField = (typeof profileFields)[number];

const fieldRule = z.strictObject({
  kind: z.literal('field'),
  field: z.enum(profileFields),
  test: textTestSchema,
});
const traitRule = z.strictObject({ kind: z.literal('trait'), key, test: traitTestSchema });
const eventName = z.string().min(1).max(100);

const eventRule = z.strictObject({
  kind: z.literal('event'),
  /** false: fewer than `atLeast` times, never included. */
  did: z.boolean(),
  name: eventName,
  atLeast: z.int().min(1).max(1000).optional(),
  where: z.array(eventFilterSchema).max(ruleLimits.filters).optional(),
  window: windowSchema.optional(),
});

/** Revenue of completed orders minus refunds, in minor units of one currency. Somebody without orders spent 0. */
const spentRule = z.strictObject({
  kind: z.literal('spent'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code: EUR'),
  test: numberTestSchema,
  window: windowSchema.optional(),
});

/** The last event of that name, up to now. Somebody who never did it has no last time: the condition is false. */
const recencyRule = z.strictObject({
  kind: z.literal('recency'),
  name: eventName,
  last: z.enum(['newer_than', 'older_than']),
  amount: z.int().min(1).max(36_500),
  unit: z.enum(['hours', 'days']),
});

export type FieldRule = z.infer<typeof fieldRule>;
export type TraitRule = z.infer<typeof traitRule>;
export type EventRule = z.infer<typeof eventRule>;
export type SpentRule = z.infer<typeof spentRule>;
export type RecencyRule = z.infer<typeof recencyRule>;
export type LeafRule = FieldRule | TraitRule | EventRule | SpentRule | RecencyRule;
export type AllRule = { kind: 'all'; rules: Rule[] };
export type AnyRule = { kind: 'any'; rules: Rule[] };
export type NotRule = { kind: 'not'; rule: Rule };
export type Rule = LeafRule | AllRule | AnyRule | NotRule;

const tree: z.ZodType<Rule> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all'), rules: z.array(tree) }),
      z.strictObject({ kind: z.literal('any'), rules: z.array(tree).min(1) }),
      z.strictObject({ kind: z.literal('not'), rule: tree }),
      fieldRule,
      traitRule,
      eventRule,
      spentRule,
      recencyRule,
    ]),
  )
  .meta({ id: 'Rule' });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Excess = { readonly path: (string | number)[]; readonly message: string };

/** Measured before anything recursive runs: a rule of 50,000 nested `not` is refused, it does not exhaust the stack. */
const excess = (root: unknown): Excess | undefined => {
  const stack: { node: unknown; path: (string | number)[]; depth: number }[] = [
    { node: root, path: [], depth: 1 },
  ];
  let nodes = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, path, depth } = next;
    if (!isObject(node)) continue;
    nodes += 1;
    if (depth > ruleLimits.depth)
      return { path, message: `Conditions are nested more than ${ruleLimits.depth} deep here.` };
    if (nodes > ruleLimits.nodes)
      return { path, message: `The rule has more than ${ruleLimits.nodes} conditions.` };
    if (isObject(node.rule)) stack.push({ node: node.rule, path: [...path, 'rule'], depth: depth + 1 });
    if (!Array.isArray(node.rules)) continue;
    if (node.rules.length > ruleLimits.nodes)
      return { path: [...path, 'rules'], message: `The rule has more than ${ruleLimits.nodes} conditions.` };
    for (let index = node.rules.length - 1; index >= 0; index -= 1)
      stack.push({ node: node.rules[index], path: [...path, 'rules', index], depth: depth + 1 });
  }
  return undefined;
};

/** A rule that was checked when it was saved: for answers, which zod cannot encode through a preprocessing step. */
export const savedRuleSchema: z.ZodType<Rule> = tree;

/**
 * A typed tree of conditions over profiles. `all` of nothing is everybody. `not` is everybody else among the living
 * profiles: a missing trait makes its condition false, so that `not` of it is true.
 */
export const ruleSchema: z.ZodType<Rule> = z.preprocess((value, context) => {
  const found = excess(value);
  if (found === undefined) return value;
  context.issues.push({ code: 'custom', path: found.path, message: found.message, input: value });
  return z.NEVER;
}, tree);
