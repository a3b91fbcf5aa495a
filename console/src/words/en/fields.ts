/** Fields that several forms share. */
export const fields = {
  password: {
    length: '12 to 128 characters; spaces are welcome.',
    words: 'A few words that do not belong together are best. No digits or signs are needed.',
    own: 'Not your name, not your address, nothing that attackers try first.',
    least_one: 'At least {{count, number}} character.',
    least_other: 'At least {{count, number}} characters.',
    missing_one: '{{count, number}} character to go.',
    missing_other: '{{count, number}} characters to go.',
    enough: 'Long enough.',
  },
} as const;
