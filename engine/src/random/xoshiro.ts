import { engineError } from '../errors/index.ts';
import { type Hash128, murmur3OfText } from './murmur3.ts';

/**
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021, arXiv 1805.01407):
 * 32-bit words, period 2^128 - 1. Not for secrets.
 */
export const createXoshiro = (state: Hash128): (() => number) => {
  let [s0, s1, s2, s3] = state;
  if ((s0 | s1 | s2 | s3) === 0)
    throw engineError('out_of_range', 'createXoshiro: a state of four zeros never moves');
  return () => {
    const x = Math.imul(s1, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };
};

/** The state for a seed and a stream: MurmurHash3 of `seed NUL stream`, so that streams with other names are independent. */
export const stateOf = (seed: number | string, stream: string): Hash128 => {
  const state = murmur3OfText(`${seed}\0${stream}`, 0x6d657375);
  return (state[0] | state[1] | state[2] | state[3]) === 0 ? [1, 0, 0, 0] : state;
};
