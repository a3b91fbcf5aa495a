import { z } from 'zod';

const both = z.object({ en: z.string(), fr: z.string() });
export type Both = z.output<typeof both>;

export type Outcome =
  | { kind: 'all' | 'any'; of: Outcome[] }
  | { kind: 'not'; of: Outcome }
  | { kind: 'condition'; words: Both; value: Both | null; met: boolean };

/** The audience's rule with its truth for one person, as a decision keeps it. */
export const outcomeSchema: z.ZodType<Outcome> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['all', 'any']), of: z.array(outcomeSchema) }),
    z.object({ kind: z.literal('not'), of: outcomeSchema }),
    z.object({ kind: z.literal('condition'), words: both, value: both.nullable(), met: z.boolean() }),
  ]),
);

/** The settings that were asked for in the moment of the decision; what a record does not have is not told. */
export const rulesSchema = z.object({
  rules: z.object({
    quietHours: z.object({ start: z.string(), end: z.string() }).optional().catch(undefined),
    pressureCap: z.object({ messages: z.number(), hours: z.number() }).optional().catch(undefined),
  }),
  personalised: z.boolean().optional().catch(undefined),
  clickTracking: z.boolean().optional().catch(undefined),
});

export interface ConditionSeen {
  readonly words: Both;
  readonly value: Both | null;
  readonly met: boolean;
  /** Whether it stands under an odd number of “not”: it is the absence that counts. */
  readonly negated: boolean;
}

export const conditionsOf = (outcome: Outcome, negated = false): readonly ConditionSeen[] => {
  switch (outcome.kind) {
    case 'condition':
      return [{ words: outcome.words, value: outcome.value, met: outcome.met, negated }];
    case 'not':
      return conditionsOf(outcome.of, !negated);
    case 'all':
    case 'any':
      return outcome.of.flatMap((part) => conditionsOf(part, negated));
  }
};
