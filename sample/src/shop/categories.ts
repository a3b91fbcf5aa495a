/** One shelf of the sample shop, and how people buy from it. */
export interface Category {
  readonly key: string;
  /** Typical days until the same thing is bought again; undefined where nobody does. */
  readonly rebuyDays?: number;
  /** Pharmacy-like or otherwise never to be used for choosing people or products. */
  readonly sensitive: boolean;
  /** Median price in cents. */
  readonly medianCents: number;
  /** Bought for others rather than oneself: share of gift orders that come from here. */
  readonly giftWeight: number;
  /** Multiplier of demand by month, January first. */
  readonly season: readonly number[];
  readonly nouns: readonly (readonly [french: string, english: string])[];
}

const flat = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.1, 1.2];
const christmas = [0.6, 0.6, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8, 0.9, 1.1, 1.9, 2.8];
const spring = [0.3, 0.7, 1.7, 2.2, 2, 1.4, 1, 0.8, 0.8, 0.5, 0.3, 0.3];

export const categories: readonly Category[] = [
  {
    key: 'tea-coffee',
    rebuyDays: 30,
    sensitive: false,
    medianCents: 1150,
    giftWeight: 1,
    season: flat,
    nouns: [
      ['Thé vert', 'Green tea'],
      ['Thé noir', 'Black tea'],
      ['Café en grains', 'Coffee beans'],
      ['Café moulu', 'Ground coffee'],
      ['Infusion', 'Herbal tea'],
      ['Chocolat chaud', 'Hot chocolate'],
    ],
  },
  {
    key: 'pet-food',
    rebuyDays: 35,
    sensitive: false,
    medianCents: 2690,
    giftWeight: 0,
    season: flat,
    nouns: [
      ['Croquettes chat', 'Cat kibble'],
      ['Croquettes chien', 'Dog kibble'],
      ['Pâtée chat', 'Cat pouches'],
      ['Litière', 'Cat litter'],
      ['Friandises chien', 'Dog treats'],
    ],
  },
  {
    key: 'skincare',
    rebuyDays: 55,
    sensitive: false,
    medianCents: 1890,
    giftWeight: 1,
    season: flat,
    nouns: [
      ['Crème visage', 'Face cream'],
      ['Savon', 'Soap'],
      ['Shampoing', 'Shampoo'],
      ['Baume à lèvres', 'Lip balm'],
      ['Huile de soin', 'Body oil'],
    ],
  },
  {
    key: 'household',
    rebuyDays: 45,
    sensitive: false,
    medianCents: 790,
    giftWeight: 0,
    season: flat,
    nouns: [
      ['Lessive', 'Laundry liquid'],
      ['Liquide vaisselle', 'Dish soap'],
      ['Éponges', 'Sponges'],
      ['Vinaigre ménager', 'Cleaning vinegar'],
      ['Bougie', 'Candle'],
    ],
  },
  {
    key: 'kitchen',
    sensitive: false,
    medianCents: 3290,
    giftWeight: 2,
    season: christmas,
    nouns: [
      ['Théière', 'Teapot'],
      ['Tasse', 'Mug'],
      ['Poêle', 'Frying pan'],
      ['Couteau', 'Knife'],
      ['Saladier', 'Bowl'],
      ['Planche', 'Board'],
    ],
  },
  {
    key: 'decoration',
    sensitive: false,
    medianCents: 2490,
    giftWeight: 3,
    season: christmas,
    nouns: [
      ['Vase', 'Vase'],
      ['Coussin', 'Cushion'],
      ['Cadre', 'Frame'],
      ['Plaid', 'Throw'],
      ['Guirlande', 'Garland'],
    ],
  },
  {
    key: 'garden',
    sensitive: false,
    medianCents: 1590,
    giftWeight: 0.5,
    season: spring,
    nouns: [
      ['Graines', 'Seeds'],
      ['Pot', 'Pot'],
      ['Arrosoir', 'Watering can'],
      ['Sécateur', 'Secateurs'],
      ['Terreau', 'Compost'],
    ],
  },
  {
    key: 'books',
    sensitive: false,
    medianCents: 1690,
    giftWeight: 2,
    season: christmas,
    nouns: [
      ['Roman', 'Novel'],
      ['Livre de cuisine', 'Cookbook'],
      ['Guide de voyage', 'Travel guide'],
      ['Carnet', 'Notebook'],
    ],
  },
  {
    key: 'toys',
    sensitive: false,
    medianCents: 2190,
    giftWeight: 5,
    season: christmas,
    nouns: [
      ['Puzzle', 'Puzzle'],
      ['Jeu de société', 'Board game'],
      ['Peluche', 'Soft toy'],
      ['Cubes en bois', 'Wooden blocks'],
    ],
  },
  {
    key: 'accessories',
    sensitive: false,
    medianCents: 3990,
    giftWeight: 2,
    season: flat,
    nouns: [
      ['Écharpe', 'Scarf'],
      ['Sac', 'Bag'],
      ['Gants', 'Gloves'],
      ['Parapluie', 'Umbrella'],
      ['Ceinture', 'Belt'],
    ],
  },
  {
    key: 'pharmacy',
    rebuyDays: 40,
    sensitive: true,
    medianCents: 1290,
    giftWeight: 0,
    season: flat,
    nouns: [
      ['Vitamine', 'Vitamin'],
      ['Pastilles pour la gorge', 'Throat lozenges'],
      ['Complément sommeil', 'Sleep supplement'],
      ['Crème articulations', 'Joint cream'],
    ],
  },
  {
    key: 'intimate-health',
    rebuyDays: 60,
    sensitive: true,
    medianCents: 1490,
    giftWeight: 0,
    season: flat,
    nouns: [
      ['Test de grossesse', 'Pregnancy test'],
      ['Préservatifs', 'Condoms'],
      ['Protections', 'Period care'],
    ],
  },
];
