/** What somebody types who looks for a person, letter by letter: 200 texts, all different, of one to twelve characters. */
export const typedQueries = (): readonly string[] => {
  const meant = [
    'martin',
    'Hélène Faure',
    'dupont marie',
    'MARIE-HÉLÈNE',
    'jean-b',
    'marie.martin1',
    'C0500000',
    'lefevre zoe',
    'obrien',
    'smith ol',
    'zizek ngozi',
    'nobody here',
    'strasse',
    '@poste.examp',
    'øberg',
    'garcia chloé',
    'kofi blanc',
    'wei.',
    'françois f',
    'c0999999',
    'petit',
    'étienne roux',
    'yuki',
    'agnès picard',
    'rhys evans',
    'beyonce',
  ];
  const typed = new Set<string>();
  for (let length = 1; length <= 12; length += 1)
    for (const text of meant)
      if (Array.from(text).length >= length) typed.add(Array.from(text).slice(0, length).join(''));
  return [...typed].slice(0, 200);
};
