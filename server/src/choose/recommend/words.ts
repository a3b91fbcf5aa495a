import type { RankedProduct, StoredDelay } from './model.ts';

export type Language = 'en' | 'fr';

const times = (count: number, language: Language): string =>
  language === 'fr' ? `${count} fois` : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;

const day = (iso: string, language: Language, timeZone: string): string => {
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone,
  });
  const written = format.format(new Date(iso));
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
};

const number = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(value);

const peopleOf = (count: number, language: Language): string => {
  if (language === 'fr')
    return `${number(count, 'fr')} ${count > 1 ? 'personnes l’ont acheté' : 'personne l’a acheté'}`;
  return `bought by ${number(count, 'en')} ${count === 1 ? 'person' : 'people'}`;
};

/**
 * The reason of a recommendation, for somebody who works with it. The delay may be assumed or that of lasting goods: only
 * `delayInWords` says where it comes from.
 */
export const reasonInWords = (
  { reason, basis }: Pick<RankedProduct, 'reason' | 'basis'>,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): string => {
  const count = Number(basis.people ?? basis.orders ?? 0);
  const french = language === 'fr';
  switch (reason) {
    case 'rebuy': {
      const last = day(String(basis.lastAt), language, timeZone);
      return french
        ? `Acheté ${times(count, 'fr')}, la dernière fois le ${last} ; dans cette catégorie, un achat n’est pas reproposé pendant ${basis.delayDays} jours.`
        : `Bought ${times(count, 'en')}, last on ${last}; in this category a purchase is not proposed again for ${basis.delayDays} days.`;
    }
    case 'popular_in_category':
      return french
        ? `Populaire dans ${basis.category}, une catégorie de ses achats : ${peopleOf(count, 'fr')} en ${basis.windowDays} jours.`
        : `Popular in ${basis.category}, a category of past purchases: ${peopleOf(count, 'en')} in ${basis.windowDays} days.`;
    case 'popular':
      return french
        ? `Populaire dans toute la boutique : ${peopleOf(count, 'fr')} en ${basis.windowDays} jours.`
        : `Popular in the whole shop: ${peopleOf(count, 'en')} in ${basis.windowDays} days.`;
  }
};

/** How a rebuy delay came about. */
export const delayInWords = ({ basis, days, gaps }: StoredDelay, language: Language): string => {
  const french = language === 'fr';
  const seen = number(gaps, language);
  switch (basis) {
    case 'learned':
      return french
        ? `Appris de ${seen} réachats : ${days} jours.`
        : `Learned from ${seen} repeat purchases: ${days} days.`;
    case 'overall':
      return french
        ? `Aucun réachat dans cette catégorie : la médiane de toute la boutique, ${days} jours.`
        : `No repeat purchase in this category: the median of the whole shop, ${days} days.`;
    case 'rarely':
      return french
        ? `On rachète rarement le même produit ici : ${days} jours.`
        : `People rarely buy the same product again here: ${days} days.`;
    case 'assumed':
      return french
        ? `Trop peu de réachats dans la boutique pour apprendre un délai : ${days} jours par défaut.`
        : `Too few repeat purchases in the shop to learn a delay: ${days} days by default.`;
  }
};
