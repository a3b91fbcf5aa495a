/** For searching: no accents, no case, spaces for what separates words. */
export const plainSpelling = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[_/-]+/g, ' ')
    .toLowerCase();

/** Whether every word that was typed is somewhere in the text. */
export const speltAlike = (text: string, typed: string): boolean => {
  const searched = plainSpelling(text);
  return plainSpelling(typed)
    .split(/\s+/)
    .every((word) => searched.includes(word));
};
