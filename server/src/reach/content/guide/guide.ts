import type { Both } from '../message.ts';
import { FIELD_ROOTS, FIELD_WORDS, type FieldRoot, type FieldWords } from './fields.ts';
import { FILTER_WORDS, type FilterWords } from './filters.ts';
import { MJML_WORDS, type MjmlWords } from './mjml.ts';
import { TAG_WORDS, type TagWords } from './tags.ts';

export interface GuideField {
  readonly path: string;
  readonly group: FieldRoot;
  readonly label: Both;
  readonly always: boolean;
  /** Liquid that says it, with a fallback where some people have no value. */
  readonly example: string;
}

export interface Guide {
  readonly fields: readonly GuideField[];
  readonly filters: readonly (FilterWords & { readonly name: string })[];
  readonly tags: readonly (TagWords & { readonly name: string })[];
  readonly components: readonly (MjmlWords & { readonly name: string })[];
}

const fieldOf = (group: FieldRoot, name: string, words: FieldWords): GuideField => {
  const { label } = words;
  const always = words.always ?? false;
  // Inside `{% for product in products %}` one product goes by its own name.
  const path = `${group === 'products' ? 'product' : group}.${name}`;
  return { path, group, label, always, example: always ? `{{ ${path} }}` : `{{ ${path} | default: "" }}` };
};

const named = <W>(words: Readonly<Record<string, W>>): (W & { readonly name: string })[] =>
  Object.entries(words).map(([name, word]) => ({ name, ...word }));

/** What a message can be written with: made of the tables that the renderer, the lint and the tests use. */
export const guide: Guide = {
  fields: FIELD_ROOTS.flatMap((group) =>
    Object.entries<FieldWords>(FIELD_WORDS[group]).map(([name, words]) => fieldOf(group, name, words)),
  ),
  filters: named(FILTER_WORDS),
  tags: named(TAG_WORDS),
  components: named(MJML_WORDS),
};
