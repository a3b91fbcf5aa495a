import type { SendItem } from '@mesure/contract/sends';
import type { JournalEntry } from './journal.ts';

export interface Evidence {
  /** The ledger, as the product tells it. */
  readonly sends: readonly Pick<SendItem, 'id' | 'profileId' | 'state' | 'decisionId'>[];
  readonly audience: number;
  readonly heldOut: number;
  /** The sink's own journal of the time of this campaign. */
  readonly journal: readonly Pick<JournalEntry, 'sendId' | 'recipient'>[];
  /** Messages that may have been between the product and the sink when it was killed, over all kills. */
  readonly mostUncertain: number;
}

const final = new Set(['accepted', 'rejected', 'uncertain', 'blocked', 'cancelled']);

const repeated = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.filter((key, index) => keys.indexOf(key) !== index)),
];

/** What the ledger and the journal do not agree on, or what either may never say. Empty: all is well. */
export const disagreements = ({
  sends,
  audience,
  heldOut,
  journal,
  mostUncertain,
}: Evidence): readonly string[] => {
  const rows = new Map(sends.map((send) => [send.id, send]));
  const taken = new Set(journal.map(({ sendId }) => sendId));
  const uncertain = sends.filter(({ state }) => state === 'uncertain').length;
  return [
    ...repeated(journal.map(({ sendId }) => sendId)).map((id) => `send ${id} was taken more than once`),
    ...repeated(journal.map(({ recipient }) => recipient.toLowerCase())).map(
      (to) => `${to} got more than one message`,
    ),
    ...repeated(sends.map(({ profileId }) => profileId)).map(
      (id) => `person ${id} is in more than one state`,
    ),
    ...[...taken]
      .filter((id) => !rows.has(id))
      .map((id) => `send ${id} was taken, the ledger does not know it`),
    ...sends.flatMap(({ id, state, decisionId }) => [
      ...(final.has(state) ? [] : [`send ${id} is still ${state}`]),
      ...(state === 'accepted' && !taken.has(id) ? [`send ${id} is accepted, the sink never took it`] : []),
      ...(state === 'accepted' && decisionId === null
        ? [`send ${id} is accepted without a decision record`]
        : []),
      ...(state !== 'accepted' && state !== 'uncertain' && taken.has(id)
        ? [`send ${id} was taken, the ledger says ${state}`]
        : []),
    ]),
    ...(sends.length + heldOut === audience
      ? []
      : [`${audience} people, but ${sends.length} rows and ${heldOut} held out`]),
    ...(uncertain <= mostUncertain
      ? []
      : [`${uncertain} uncertain, at most ${mostUncertain} were under way`]),
  ];
};
