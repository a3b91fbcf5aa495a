import { describe, expect, it } from 'vitest';
import { offersAt, type Vocabulary } from './completions.ts';

const both = (text: string) => ({ en: text, fr: `${text} fr` });
const vocabulary: Vocabulary = {
  language: 'fr',
  traits: ['colour', 'two words'],
  guide: {
    fields: [
      { path: 'profile.first_name', group: 'profile', label: both('First'), always: false, example: '' },
      { path: 'links.why', group: 'links', label: both('Why'), always: true, example: '' },
    ],
    filters: [
      { name: 'default', about: both('Fallback'), example: '', gives: both('') },
      { name: 'upcase', about: both('Capitals'), example: '', gives: both('') },
    ],
    tags: [
      { name: 'if', about: both('If'), example: '', gives: '' },
      { name: 'for', about: both('For'), example: '', gives: '' },
    ],
    components: [
      { name: 'mj-text', about: both('Text'), inside: ['mj-column'], attributes: ['align', 'color'] },
      { name: 'mj-button', about: both('Button'), inside: ['mj-column'], attributes: ['href'] },
    ],
  },
};
const labels = (before: string): readonly string[] =>
  offersAt(before, vocabulary).items.map(({ label }) => label);

describe('completion', () => {
  it.each([
    ['Hello {{ ', ['profile.first_name', 'links.why', 'profile.traits.colour']],
    ['Hello {{ profile.f', ['profile.first_name']],
    ['Hello {{ profile.traits.', ['profile.traits.colour']],
    ['{{ profile.first_name | ', ['default', 'upcase']],
    ['{{ profile.first_name | default: "x" | up', ['upcase']],
    ['{% ', ['if', 'for']],
    ['{% f', ['for']],
    ['{% if pro', ['profile.first_name', 'profile.traits.colour']],
    ['{{ profile.city }} <mj-', ['mj-text', 'mj-button']],
    ['<mj-button ', ['href']],
    ['<mj-text align="left" c', ['color']],
    ['<mj-text align="', []],
    ['<mj-text>', []],
    ['<div c', []],
    ['', []],
  ])('after %j offers %j', (before, expected) => {
    expect(labels(before)).toEqual(expected);
  });

  it('replaces what was typed of it, and says what it is in the language of the console', () => {
    expect(offersAt('{{ profile.f', vocabulary)).toEqual({
      typed: 9,
      items: [
        { label: 'profile.first_name', detail: 'First fr', apply: 'profile.first_name', kind: 'property' },
      ],
    });
  });

  it('answers at once for long texts', () => {
    expect(labels('<mj-text a="b" '.repeat(50_000))).toEqual(['align', 'color']);
    expect(labels(`{{ ${'a '.repeat(100_000)}`)).toEqual([]);
  });
});
