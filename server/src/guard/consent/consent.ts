export type Channel = 'email';
export type Language = 'en' | 'fr';
export type Topic = `topic:${string}`;
export type Purpose = 'prospecting' | 'click_tracking' | 'personalisation' | Topic;
export type ConsentState = 'granted' | 'withdrawn';
/** What the ledger says about one purpose: the latest entry's state, or `none` without an entry. */
export type Standing = ConsentState | 'none';

/** form/api: given to the shop; import: brought by a file; hand: typed by a colleague; page/one_click: our pages; undo: an import was undone. */
export type ConsentMethod = 'form' | 'import' | 'hand' | 'api' | 'page' | 'one_click' | 'undo';

export interface ConsentProof {
  readonly method: ConsentMethod;
  /** The form, file or document. Never empty for a grant (L-02). */
  readonly source: string;
  /** The exact words shown; kept byte for byte under their hash (L-01). */
  readonly wording?: string;
  readonly language?: Language;
  readonly url?: string;
  readonly actor?: { readonly kind: string; readonly id: string; readonly name: string };
  readonly importId?: string;
  /** Of an entry that an undo made: the grant that stands again. */
  readonly restores?: string;
  /** Made up for a demonstration; shown as such everywhere. */
  readonly simulated?: boolean;
}

export interface ConsentEntry {
  readonly profileId: string;
  readonly entityId: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly state: ConsentState;
  /** When the person did it, which may be long before it is recorded. */
  readonly at: Date;
  readonly proof: ConsentProof;
}

export const isTopic = (purpose: Purpose): purpose is Topic => purpose.startsWith('topic:');

/**
 * Topics are choices inside a consent that is checked on its own: open until left. Every other purpose is closed
 * until granted. Only this purpose's own standing is looked at (L-03).
 */
export const allows = (purpose: Purpose, standing: Standing): boolean =>
  isTopic(purpose) ? standing !== 'withdrawn' : standing === 'granted';

/**
 * What a person did just now, and what the undo of an import says, counts after everything recorded before it; a dated
 * proof counts from its date.
 */
export const isLiveAct = (entry: Pick<ConsentEntry, 'state' | 'proof'>): boolean =>
  entry.state === 'withdrawn'
    ? entry.proof.method !== 'import'
    : entry.proof.method === 'page' || entry.proof.method === 'undo';

export type ProofFlaw = 'no_source' | 'no_wording';

/** A grant must say where it comes from; one given on a form or page of ours must carry the words shown. */
export const flawOfProof = (entry: Pick<ConsentEntry, 'state' | 'proof'>): ProofFlaw | null => {
  if (entry.state === 'withdrawn') return null;
  if (entry.proof.source.trim() === '') return 'no_source';
  const needsWording =
    entry.proof.method === 'form' || entry.proof.method === 'page' || entry.proof.method === 'hand';
  return needsWording && !entry.proof.wording ? 'no_wording' : null;
};
