import { createRequire } from 'node:module';
import { afterAll, describe, expect, it } from 'vitest';
import { createCompiler } from '../compiler.ts';
import { ALLOWED_FILTERS, ALLOWED_TAGS, createEngine, OWN_FILTERS } from '../liquid-engine.ts';
import type { MessageLanguage } from '../message.ts';
import { createRenderer } from '../renderer.ts';
import { starters } from '../starters/starters.ts';
import { FILTER_WORDS } from './filters.ts';
import { guide } from './guide.ts';
import { madeUpReader } from './made-up-reader.ts';
import { MJML_NOT_OFFERED, MJML_WORDS } from './mjml.ts';
import { TAG_WORDS } from './tags.ts';

const compiler = createCompiler();
const renderer = createRenderer();
afterAll(async () => {
  await compiler.stop();
  await renderer.stop();
});

const render = (template: string, language: MessageLanguage): string =>
  String(createEngine('plain', language).parseAndRenderSync(template, madeUpReader(language)));
const plainSpaces = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

describe('the guide', () => {
  it('has every filter and every tag that the renderer has, and no other', () => {
    expect(Object.keys(FILTER_WORDS).toSorted()).toEqual([...ALLOWED_FILTERS, ...OWN_FILTERS].toSorted());
    expect(Object.keys(TAG_WORDS).toSorted()).toEqual([...ALLOWED_TAGS].toSorted());
  });

  it.each(guide.filters)('shows what $name does', ({ example, gives }) => {
    expect(plainSpaces(render(example, 'en'))).toBe(gives.en);
    expect(plainSpaces(render(example, 'fr'))).toBe(plainSpaces(gives.fr));
  });

  it.each(guide.tags)('shows what {% $name %} does', ({ example, gives }) => {
    expect(render(example, 'en')).toBe(gives);
  });

  it.each(guide.fields)('names a field that exists: $path', ({ example, group }) => {
    const inLoop =
      group === 'products' ? `{% for product in products limit: 1 %}${example}{% endfor %}` : example;
    expect(() => render(inLoop, 'fr')).not.toThrow();
  });

  it('knows every component of MJML, offered or left out for a reason', () => {
    const fromMjml = createRequire(import.meta.resolve('mjml'));
    const preset = fromMjml('mjml-preset-core') as {
      readonly components: readonly {
        readonly componentName: string;
        readonly allowedAttributes?: Readonly<Record<string, string>>;
      }[];
      readonly dependencies: Readonly<Record<string, readonly unknown[]>>;
    };
    expect([...Object.keys(MJML_WORDS), ...Object.keys(MJML_NOT_OFFERED)].toSorted()).toEqual(
      preset.components.map(({ componentName }) => componentName).toSorted(),
    );
    for (const { componentName, allowedAttributes = {} } of preset.components) {
      const words = MJML_WORDS[componentName];
      for (const attribute of words?.attributes ?? []) {
        expect(Object.keys(allowedAttributes), componentName).toContain(attribute);
      }
      for (const parent of words?.inside ?? []) {
        expect(preset.dependencies[parent], parent).toContain(componentName);
      }
    }
  });

  it.each(starters)(
    'shows $key to somebody who does not exist',
    async ({ key: _key, name: _name, ...source }) => {
      const compiled = await compiler.compile(source);
      if (!compiled.ok) throw new Error('It does not compile.');
      const [result] = await renderer.render(compiled.compiled, [madeUpReader(source.language)]);
      expect(result).toMatchObject({ ok: true });
    },
  );
});
