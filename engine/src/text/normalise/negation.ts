import type { Token } from './token.ts';

/** Closers of the French “ne …”: behind a ne they always negate. */
const CLOSERS = new Set([
  'pas',
  'plus',
  'jamais',
  'rien',
  'aucun',
  'aucune',
  'guere',
  'point',
  'personne',
  'nulle',
]);
/** These negate without a ne too; “plus”, “point” and “personne” alone mean something else. */
const ALONE = new Set(['pas', 'jamais', 'rien', 'aucun', 'aucune', 'guere', 'sans', 'ni']);
const ENGLISH = new Set([
  'not',
  'never',
  'no',
  'without',
  'cannot',
  'nor',
  'neither',
  'nobody',
  'nothing',
  'hardly',
]);
const ENDS = new Set(
  'mais car parce cependant pourtant sinon but because however although though except'.split(' '),
);
/** “not only”, “pas seulement”, “ne … que”: no negation. */
const CANCELS = new Set(['only', 'seulement', 'que', 'just']);
/** How far a ne looks for its pas: “il ne l'a vraiment toujours pas reçu”. */
const NE_REACH = 6;

const isEnglishContraction = (word: string): boolean =>
  word.endsWith("n't") || /^(?:dont|doesnt|didnt|isnt|wasnt|cant|wont)$/.test(word);

/**
 * Marks the words in the scope of a negation: behind it up to the end of the clause or `reach` words, and between a French ne and its
 * closer (“n'aime pas”). The cue itself stays as it is. After Das and Chen (2001) and Pang, Lee and Vaithyanathan (EMNLP 2002), who
 * mark up to the next punctuation; the reach is bounded because people leave punctuation out.
 */
export const markNegation = (tokens: readonly Token[], reach: number): void => {
  let left = 0;
  let openSince = -1;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === 'break' || ENDS.has(token.folded)) {
      left = 0;
      openSince = -1;
      continue;
    }
    if (token.kind !== 'word') continue;
    const word = token.folded;
    if (word === 'ne' || word === "n'") {
      openSince = i;
      continue;
    }
    const open = openSince >= 0 && i - openSince <= NE_REACH;
    if (open && CLOSERS.has(word)) {
      for (let k = openSince + 1; k < i; k++) (tokens[k] as Token).negated = true;
      openSince = -1;
      left = reach;
      continue;
    }
    if (open && word === 'que') openSince = -1;
    if (ALONE.has(word) || ENGLISH.has(word) || isEnglishContraction(word)) {
      left = reach;
      continue;
    }
    if (left > 0) {
      if (left === reach && CANCELS.has(word)) left = 0;
      else {
        token.negated = true;
        left--;
      }
    }
  }
};
