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

/** More marks than any language puts on one letter: sorting long runs of them would take quadratic time. */
const PILED_MARKS = /(\p{M}{16})\p{M}+/gu;

/** Every apostrophe people type becomes ' and every text is well formed and NFC. */
export const composeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(PILED_MARKS, '$1')
    .normalize('NFC')
    .replace(/[\u2019\u2018\u02bc\u00b4\u0060\u2032]/g, "'");
