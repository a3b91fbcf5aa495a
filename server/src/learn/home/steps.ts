import type { HomeBody } from '@mesure/contract/home';

export interface SetUpFacts {
  readonly hasIdentity: boolean;
  readonly canSend: boolean;
  readonly hasOtherApprover: boolean;
  readonly hasData: boolean;
  readonly hasAudience: boolean;
  readonly hasMessage: boolean;
  readonly hasCampaign: boolean;
}

/** In the order in which they are usually done. */
export const stepsOf = (facts: SetUpFacts): HomeBody['steps'] => [
  { code: 'sender_identity', done: facts.hasIdentity },
  { code: 'transport', done: facts.canSend },
  { code: 'approver', done: facts.hasOtherApprover },
  { code: 'data', done: facts.hasData },
  { code: 'audience', done: facts.hasAudience },
  { code: 'message', done: facts.hasMessage },
  { code: 'campaign', done: facts.hasCampaign },
];
