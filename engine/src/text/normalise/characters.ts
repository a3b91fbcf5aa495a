/** Marks that NFD takes off Latin letters; one block, so that no table of a Unicode version decides. */
const COMBINING = /[\u0300-\u036f]/g;

const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' };

const plainAscii = /^[\0-\x7f]*$/;

/**
 * Without accents: é → e, œ → oe. The input is lower case.
 *
 * @example foldAccents('déçu par le cœur') // 'decu par le coeur'
 */
export const foldAccents = (text: string): string =>
  plainAscii.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(COMBINING, '')
        .replace(/[œæßøł]/g, (letter) => LIGATURES[letter] ?? letter)
        .normalize('NFC');

/** A letter three times or more stands there twice: neither French nor English has words with three in a row. */
export const squeezeRepeats = (word: string): string => word.replace(/(\p{L})\1{2,}/gu, '$1$1');
