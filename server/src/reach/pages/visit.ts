import type { BrandLogo } from '@mesure/contract/settings';
import type { LegalEntity } from '#guard/consent';
import type { Tx } from '#platform/postgres';
import { chooseLanguage, type Language } from './language.ts';
import type { Frame } from './layout.ts';
import type { LinkTarget } from './links.ts';
import type { PagesDeps } from './ports.ts';

/** One request of one customer, with what every page needs to answer it. */
export interface Visit {
  readonly target: LinkTarget;
  readonly language: Language;
  readonly timeZone: string;
  readonly brand: string;
  readonly accentColor: string | null;
  readonly logo: BrandLogo | null;
  readonly entity: LegalEntity | null;
  /** As in the consent's wording: the sender's legal name, or the brand when the sender is unknown. */
  readonly senderName: string;
  /** Null when the profile was erased since: the link still works. */
  readonly address: string | null;
  readonly simulated: boolean;
  readonly now: Date;
}

export const openVisit = async (
  tx: Tx,
  deps: PagesDeps,
  request: { readonly target: LinkTarget; readonly wishedLanguage: unknown },
): Promise<Visit> => {
  const { target } = request;
  const settings = await deps.settings.get(tx);
  const brand = settings.brand.name ?? settings.name;
  const entity = await deps.guard.entities.byId(tx, target.entityId);
  const people = target.profileId ? await deps.profiles.byIds(tx, [target.profileId]) : new Map();
  const known = target.profileId ? people.get(target.profileId) : undefined;
  return {
    target,
    language: chooseLanguage(request.wishedLanguage, known?.language, settings.language),
    timeZone: settings.timeZone,
    brand,
    accentColor: settings.brand.accentColor,
    logo: await deps.settings.logos.shown(tx),
    entity,
    senderName: entity?.name ?? brand,
    address: known?.email ?? null,
    simulated: known?.simulated ?? false,
    now: deps.clock.now(),
  };
};

export const frameOf = (visit: Visit): Frame => ({
  language: visit.language,
  brand: visit.brand,
  logo: visit.logo,
  accentColor: visit.accentColor,
  entity: visit.entity,
});
