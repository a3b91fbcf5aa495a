const split = (words: string): readonly string[] => words.split(' ');

/** Frequent small words without accents, as they are folded. Public knowledge, written down by hand. */
export const SMALL_WORDS = {
  fr: split(
    'le la les un une des du de d l au aux et ou ou mais donc car ni que qu qui quoi dont ce c cet cette ces ca cela il elle ils elles on je j tu nous vous me m te t se s lui leur leurs y en mon ma mes ton ta tes son sa ses notre nos votre vos est es suis sont etait etaient sera etre ete ai as a ont avait avoir eu fait faire dit pas ne n plus moins tres trop bien peu sans avec pour par sur sous dans entre vers chez si comme quand alors aussi encore deja toujours jamais rien tout tous toute toutes meme apres avant depuis pendant parce parceque puis ici la-bas voila merci oui non beaucoup assez',
  ),
  en: split(
    "the a an and or but so of to in on at by for with from about into over after before than then as is are was were be been being am i i'm you he she it we they me him her us them my your his its our their this that these those there here what which who whom whose when where why how not no don't doesn't didn't isn't wasn't can can't could will won't would should do does did done have has had if because while just very too also only all any some more most much many it's i've you're they're that's up out off again still yes",
  ),
  es: split(
    'el la los las un una unos unas y o pero de del al en con por para sin sobre que como cuando donde quien es son era fue ser estar esta estan muy mas menos no si lo le les se me te nos mi tu su sus este esta esto ese eso todo todos tambien ya porque hay he ha han tiene nada siempre nunca',
  ),
  de: split(
    'der die das den dem des ein eine einen einem einer und oder aber von zu zum zur in im mit auf fur an am bei aus nach uber ist sind war waren sein haben hat hatte wird wurde nicht kein keine ich du er sie es wir ihr mir mich dir uns sehr auch nur noch schon wenn weil dass wie was wer so man immer nie alles',
  ),
  it: split(
    'il lo la i gli le un uno una e o ma di del della dei delle da dal dalla in nel nella con su sul sulla per tra che chi come quando dove non piu meno molto anche sono era stato essere ha hanno ho mi ti si ci vi mio tuo suo questo questa quello tutto tutti sempre mai perche gia ancora',
  ),
  pt: split(
    'o a os as um uma uns umas e ou mas de do da dos das em no na nos nas com por para pelo pela sem sobre que como quando onde nao sim mais menos muito tambem e sao era foi ser estar esta estao tem eu voce ele ela nos eles me te se lhe meu minha seu sua este esta isso tudo sempre nunca ja porque',
  ),
  nl: split(
    'de het een en of maar van in op aan met voor naar bij uit over door tot is zijn was waren ben heb heeft had worden wordt niet geen ik je jij hij zij we wij ze mij hem haar ons hun dit dat deze die er wat wie hoe waar als dan ook nog wel zeer heel altijd nooit alles omdat',
  ),
  pl: split(
    'i w na z do nie ze to jest sie jak ale po od za przez dla o tak co ktory ktora bardzo juz tylko tez byl byla sa moj moja ten ta te',
  ),
  sv: split(
    'och att det som en ett ar pa av for med till den inte om jag du han hon vi de har var men sa fran mycket bara ocksa nar eller min din sin',
  ),
  tr: split(
    've bir bu da de icin cok ile ne gibi daha ama ben sen o biz siz var yok degil mi her en sonra kadar',
  ),
} as const;
