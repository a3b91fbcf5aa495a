import type { Random } from '../src/random/index.ts';

/** Reviews of a shop that does not exist, with the stars their writers gave. */
export interface GeneratedReviews {
  readonly texts: readonly string[];
  readonly stars: readonly number[];
  readonly atMs: readonly number[];
}

const PHRASES = {
  fr: {
    good: 'très contente,livraison rapide,belle qualité,je recommande,parfait,conforme à la description,super produit,rien à redire,ça sent bon,joli emballage,je ne regrette pas,un vrai plaisir,service au top,ravie,excellent',
    bad: 'arrivé cassé,très déçue,jamais reçu,mauvaise qualité,je ne recommande pas,service client injoignable,trop cher,ça ne marche pas,à éviter,remboursement refusé,pas conforme,odeur horrible,une arnaque,retard énorme,nul',
    plain:
      'commandé en mars,c’est pour la cuisine,correct sans plus,ni bien ni mal,la couleur est bleue,taille normale,reçu mardi,deuxième commande,comme sur la photo,assez moyen,prix habituel,à voir dans le temps',
    fill: 'le la un de et pour avec dans ma cette',
    end: ' !, !!,.,...,,. Merci,',
  },
  en: {
    good: 'very happy,fast delivery,great quality,would recommend,perfect,just as described,love it,nothing to complain about,smells lovely,nicely wrapped,no regrets,a real pleasure,top service,delighted,excellent',
    bad: "arrived broken,very disappointed,never received,poor quality,would not recommend,customer service unreachable,too expensive,it doesn't work,avoid,refund refused,not as described,horrible smell,a scam,huge delay,useless",
    plain:
      'ordered in march,it is for the kitchen,okay nothing more,neither good nor bad,the colour is blue,normal size,received tuesday,second order,as in the picture,rather average,usual price,time will tell',
    fill: 'the a of and for with in my this',
    end: ' !, !!,.,...,,. Thanks,',
  },
} as const;

const SYLLABLES =
  'ba be bo ca ce co da di do fa fi fo ga go la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi'.split(
    ' ',
  );

export interface ReviewSettings {
  readonly language: keyof typeof PHRASES;
  readonly count: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Share of phrases that say what the stars say; 0.85 unless said. */
  readonly clarity?: number;
  /** Words of another season: another long tail. */
  readonly season?: number;
}

/** Star ratings are lopsided as everywhere: 11, 8, 11, 25 and 45 % of 1 to 5 stars. A long tail of made-up words stands between the phrases. */
export const generateReviews = (random: Random, settings: ReviewSettings): GeneratedReviews => {
  const { language, count, fromMs, untilMs, clarity = 0.85, season = 0 } = settings;
  const lists = PHRASES[language];
  const [good, bad, plain] = [lists.good, lists.bad, lists.plain].map((list) => list.split(','));
  const [fill, ends] = [lists.fill.split(' '), lists.end.split(',')];
  const tailWord = (): string => {
    // Zipf-like: rank grows exponentially with a uniform number.
    const rank = Math.floor(Math.exp(random.uniform() * Math.log(4000))) + 4000 * season;
    return [rank % 41, (rank * 7 + season) % 37, Math.floor(rank / 41) % 43]
      .map((s) => SYLLABLES[s % SYLLABLES.length])
      .join('');
  };
  const stars: number[] = [];
  const texts = Array.from({ length: count }, () => {
    const star = random.weighted([1, 2, 3, 4, 5], [11, 8, 11, 25, 45]);
    stars.push(star);
    const own = star <= 2 ? bad : star === 3 ? plain : good;
    const parts = Array.from({ length: 1 + random.poisson(1.5) }, () => {
      const list = random.chance(clarity) ? own : random.choice([good, bad, plain]);
      const phrase = random.choice(list as string[]);
      const around = Array.from({ length: random.poisson(2) }, () =>
        random.chance(0.5) ? random.choice(fill) : tailWord(),
      );
      const said = random.chance(0.5) ? [phrase, ...around] : [...around, phrase];
      return said.join(' ') + random.choice(ends);
    });
    return parts.join(' ');
  });
  return { texts, stars, atMs: texts.map((_, i) => fromMs + ((i + 0.5) / count) * (untilMs - fromMs)) };
};
