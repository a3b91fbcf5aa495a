/** A key made of a name: `Nouveautés & conseils` → `nouveautes-conseils`; another number while it is taken. */
export const topicKey = (name: string, taken: readonly string[]): string => {
  const base =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '') || 'topic';
  let key = base;
  for (let count = 2; taken.includes(key); count += 1) key = `${base}-${count}`;
  return key;
};
