const ofRegion: Readonly<Record<string, string>> = {
  CA: 'CAD',
  CH: 'CHF',
  GB: 'GBP',
  US: 'USD',
  AU: 'AUD',
  DK: 'DKK',
  JP: 'JPY',
  MA: 'MAD',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  SE: 'SEK',
  SN: 'XOF',
  CI: 'XOF',
  TN: 'TND',
};

/** The currency that somebody whose browser speaks these languages most likely sells in; the euro when it tells nothing. */
export const guessCurrency = (tags: readonly string[]): string => {
  for (const tag of tags) {
    const region = /-([A-Z]{2})$/.exec(tag)?.[1];
    if (region !== undefined) return ofRegion[region] ?? 'EUR';
  }
  return 'EUR';
};
