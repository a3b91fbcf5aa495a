import { createRandom } from '../../../src/random/index.ts';
import { compareWords, sketchWords, type TextWords } from '../../../src/text/drift/index.ts';

const LEVEL = 0.01;

/** Share of comparisons that end a certificate, when a share of the recent texts comes from elsewhere. Both samples are drawn afresh. */
export const expiryRate = (
  { own, other }: { readonly own: readonly TextWords[]; readonly other: readonly TextWords[] },
  { runs, texts, share }: { readonly runs: number; readonly texts: number; readonly share: number },
): number => {
  let expired = 0;
  for (let run = 0; run < runs; run++) {
    const random = createRandom(`drift ${texts} ${share} ${run}`);
    const drawn = random.shuffle(own).slice(0, 2 * texts);
    const foreign = random.shuffle(other).slice(0, Math.round(share * texts));
    const now = [...drawn.slice(texts, 2 * texts - foreign.length), ...foreign];
    const found = compareWords(sketchWords(drawn.slice(0, texts)), sketchWords(now), `${run}`);
    if (Math.min(found.pUnknown, found.pWords) <= LEVEL / 2) expired++;
  }
  return expired / runs;
};

/** Share of certificates that any of `checks` checks ends although nothing changed: all are compared with one calibration. */
export const endedByChecks = (
  own: readonly TextWords[],
  { runs, texts, checks }: { readonly runs: number; readonly texts: number; readonly checks: number },
): number => {
  let ended = 0;
  for (let run = 0; run < runs; run++) {
    const drawn = createRandom(`checks ${run}`).shuffle(own);
    const then = sketchWords(drawn.slice(0, texts));
    for (let k = 1; k <= checks; k++) {
      const found = compareWords(then, sketchWords(drawn.slice(k * texts, (k + 1) * texts)), `${run} ${k}`);
      if (Math.min(found.pUnknown, found.pWords) > LEVEL / 2) continue;
      ended++;
      break;
    }
  }
  return ended / runs;
};
