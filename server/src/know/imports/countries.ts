/** Common names that are neither an ISO code nor Unicode's English or French name. */
const aliases: Readonly<Record<string, string>> = {
  eire: 'IE',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'grande-bretagne': 'GB',
  angleterre: 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  'etats-unis': 'US',
  rsa: 'ZA',
  holland: 'NL',
  hollande: 'NL',
  'the netherlands': 'NL',
  'channel islands': 'JE',
  'czech republic': 'CZ',
  'hong kong': 'HK',
  korea: 'KR',
  russia: 'RU',
};

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

const createIndex = (): Map<string, string> => {
  const index = new Map<string, string>();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const language of ['en', 'fr']) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const first of letters) {
      for (const second of letters) {
        const code = first + second;
        const name = names.of(code);
        if (name === undefined || code === 'EU' || code === 'UN' || code === 'EZ') continue;
        index.set(code.toLowerCase(), code);
        if (!index.has(plain(name))) index.set(plain(name), code);
      }
    }
  }
  for (const [name, code] of Object.entries(aliases)) index.set(plain(name), code);
  return index;
};

let index: Map<string, string> | undefined;
const seen = new Map<string, string>();

/** ISO 3166-1 alpha-2 for a country's code or its English or French name; as written when it is none of them. */
export const readCountry = (raw: string): string => {
  const known = seen.get(raw);
  if (known !== undefined) return known;
  index ??= createIndex();
  const country = index.get(plain(raw)) ?? raw.trim();
  if (seen.size < 10_000) seen.set(raw, country);
  return country;
};
