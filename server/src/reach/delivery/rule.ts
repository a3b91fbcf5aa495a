import type { Product } from '#know/catalog';
import type { Profile } from '#know/profiles';
import type { Tx } from '#platform/postgres';
import type { RunPlan } from './run-plan.ts';
import type { SendProduct } from './send.ts';

/** What rules found out about a send on the way, for the rules after them and for the message. */
export interface Facts {
  /** Clicks may be tied to the person (T-07). */
  readonly clickTracking: boolean;
  /** Products of this person's own taste may be shown. */
  readonly personalised: boolean;
  /** What the message shows, at most `productCount`. */
  readonly products: readonly SendProduct[];
  readonly removedProducts: readonly { readonly sku: string; readonly reason: string }[];
}

export interface Candidate {
  readonly sendId: string;
  readonly profileId: string;
  /** Null: the person was removed since. */
  readonly profile: Profile | null;
  /** As recorded at the start, best first. */
  readonly candidates: readonly SendProduct[];
  readonly facts: Facts;
}

export interface RuleSettings {
  readonly timeZone: string;
  /** Local wall-clock times between which messages may leave, half-open: 08:00 is inside, 20:00 is not. */
  readonly quietHours: { readonly start: string; readonly end: string };
  readonly pressureCap: { readonly messages: number; readonly hours: number };
}

export interface RuleContext {
  readonly tx: Tx;
  readonly now: Date;
  readonly run: RunPlan;
  readonly settings: RuleSettings;
  /** Every product that a candidate of the batch names and that is still in the catalogue. */
  readonly catalog: ReadonlyMap<string, Product>;
}

export type Verdict =
  | { readonly kind: 'allow'; readonly facts?: Partial<Facts> }
  | { readonly kind: 'block'; readonly reason: string }
  | { readonly kind: 'hold'; readonly reason: string; readonly until: Date };

/** `claim`: all of them, in the transaction that claims. `attempt`: again, just before the first network byte. */
export type Moment = 'claim' | 'attempt';

/**
 * One reason not to send. Rules read PostgreSQL only, for a whole batch at once, inside the caller's transaction; an
 * error in any of them leaves the batch unsent (S-30).
 */
export interface Rule {
  readonly name: string;
  readonly moments: readonly Moment[];
  /** Why nothing of this run may leave now, or null. Asked before any row is taken: the rows stay as they are. */
  readonly gate?: (context: RuleContext) => Promise<string | null>;
  /** One verdict per send, in the same order. */
  readonly judge?: (context: RuleContext, sends: readonly Candidate[]) => Promise<readonly Verdict[]>;
}

export const allow: Verdict = { kind: 'allow' };
export const block = (reason: string): Verdict => ({ kind: 'block', reason });
export const hold = (reason: string, until: Date): Verdict => ({ kind: 'hold', reason, until });

export const noFacts: Facts = {
  clickTracking: false,
  personalised: false,
  products: [],
  removedProducts: [],
};

/** A rule that could not be read. The batch it was asked about stays unsent. */
export class RuleFailure extends Error {
  readonly rule: string;

  constructor(rule: string, cause: unknown) {
    super(
      `The rule ${rule} could not be evaluated: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'RuleFailure';
    this.rule = rule;
  }
}

const guarded = async <T>(rule: Rule, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new RuleFailure(rule.name, error);
  }
};

/** The first closed gate, or null when all are open. Throws RuleFailure. */
export const closedGate = async (rules: readonly Rule[], context: RuleContext): Promise<string | null> => {
  for (const rule of rules) {
    const { gate } = rule;
    const reason = gate ? await guarded(rule, () => gate(context)) : null;
    if (reason !== null) return reason;
  }
  return null;
};

export interface Judged {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** The rule that said no; null when all allowed. */
  readonly rule: string | null;
}

/**
 * Asks the rules one after another; each hears only about the sends that all before it allowed. Answers in the order of
 * `sends`, with the facts gathered. Throws RuleFailure, also when a rule answers for fewer or more sends than asked.
 */
export const judgeAll = async (
  rules: readonly Rule[],
  context: RuleContext,
  sends: readonly Candidate[],
): Promise<readonly Judged[]> => {
  const judged: Judged[] = sends.map((candidate) => ({ candidate, verdict: allow, rule: null }));
  for (const rule of rules) {
    const { judge } = rule;
    if (!judge) continue;
    const open = judged.flatMap(({ verdict }, index) => (verdict.kind === 'allow' ? [index] : []));
    if (open.length === 0) break;
    const asked = open.map((index) => (judged[index] as Judged).candidate);
    const verdicts = await guarded(rule, async () => {
      const given = await judge(context, asked);
      if (given.length !== asked.length)
        throw new Error(`${given.length} verdicts for ${asked.length} sends`);
      return given;
    });
    open.forEach((index, position) => {
      const candidate = asked[position] as Candidate;
      const verdict = verdicts[position] as Verdict;
      judged[index] =
        verdict.kind === 'allow'
          ? {
              candidate: verdict.facts
                ? { ...candidate, facts: { ...candidate.facts, ...verdict.facts } }
                : candidate,
              verdict,
              rule: null,
            }
          : { candidate, verdict, rule: rule.name };
    });
  }
  return judged;
};
