import { afterAll, describe, expect, it } from 'vitest';
import { createCompiler } from './compiler.ts';
import type { RenderContext } from './context.ts';
import { renderLinks } from './rendered.ts';
import { createRenderer } from './renderer.ts';

const compiler = createCompiler();
const renderer = createRenderer();
afterAll(async () => {
  await compiler.stop();
  await renderer.stop();
});

const context: RenderContext = {
  profile: { first_name: 'Zoé <3', city: 'Lille', language: 'fr', traits: { size: 'M' } },
  products: [
    {
      sku: 'a',
      name: 'Thé & miel',
      price: '4,50 €',
      url: 'https://shop.example/a?x=1&y=2',
      image_url: 'https://shop.example/a.png',
      reason: 'r',
    },
    {
      sku: 'b',
      name: 'Café',
      price: '7,00 €',
      url: 'https://shop.example/b',
      image_url: 'https://shop.example/b.png',
      reason: 'r',
    },
  ],
  links: {
    unsubscribe: 'https://m.example/p/u/t',
    preferences: 'https://m.example/p/p/t',
    why: 'https://m.example/p/w/t',
  },
  sender: { name: 'Boutique SAS', address: '1 rue X, Lille' },
  campaign: { name: 'Printemps' },
};

const mjml = (body: string, head = ''): string =>
  `<mjml><mj-head><mj-title>Bonjour</mj-title>${head}</mj-head><mj-body>${body}</mj-body></mjml>`;

const loop = mjml(`
  <mj-section><mj-column><mj-text>Bonjour {{ profile.first_name | default: "vous" }},
    <a href="https://shop.example/?a=1&amp;b=2">la boutique</a></mj-text></mj-column></mj-section>
  <mj-section>
    <mj-raw>{% for product in products %}</mj-raw>
    <mj-column width="50%">
      <mj-image src="{{ product.image_url }}" alt="{{ product.name }}" href="{{ product.url }}" />
      <mj-text><a href="{{ product.url }}">{{ product.name }}</a> {{ product.price }}</mj-text>
      <mj-button href="{{ product.url }}" title="{{ product.name | default: 'x' }}">Voir</mj-button>
    </mj-column>
    <mj-raw>{% endfor %}</mj-raw>
  </mj-section>
  <mj-section><mj-column><mj-text>{{ sender.name }}, {{ sender.address }}
    <a href="{{ links.unsubscribe }}">Se désabonner</a> <a href="mailto:aide@shop.example">Écrire</a></mj-text></mj-column></mj-section>`);

const compile = async (source: { mjml: string; subject?: string; text?: string }) => {
  const result = await compiler.compile({
    subject: 'Bonjour {{ profile.first_name }}',
    language: 'fr',
    ...source,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
};

const render = async (
  source: { mjml: string; subject?: string; text?: string },
  given: RenderContext = context,
) => {
  const [result] = await renderer.render(await compile(source), [given]);
  if (!result?.ok) throw new Error(JSON.stringify(result));
  return result;
};

describe('Liquid in MJML', () => {
  it('keeps loops, attributes and quotes, and escapes what people hold', async () => {
    const result = await render({ mjml: loop });
    expect(result.subject).toBe('Bonjour Zoé <3');
    expect(result.html).toContain('Bonjour Zoé &lt;3,');
    expect(result.html.match(/Thé &amp; miel/g)?.length).toBeGreaterThanOrEqual(3);
    expect(result.html).toContain('lang="fr"');
    expect(result.html).not.toMatch(/\{[{%]|[\u0001-\u0003]|lq0x/);
    expect(result.text).toContain('la boutique <https://shop.example/?a=1&b=2>');
    expect(result.text).toContain('Thé & miel <https://shop.example/a?x=1&y=2> 4,50 €');
    expect(result.text).toContain('Se désabonner <https://m.example/p/u/t>');
    expect(result.text).not.toMatch(/[\u0001-\u0003]|\n{3}/);
  });

  it('gives each link an index that stays the same in a loop, and leaves own pages alone', async () => {
    const result = await render({ mjml: loop });
    const seen: string[] = [];
    const { html, text } = renderLinks(result, (url, index) => {
      seen.push(`${index} ${url}`);
      return `https://m.example/t/${index}?a&b`;
    });
    expect(seen).toContain('0 https://shop.example/?a=1&b=2');
    expect(seen).toContain('1 https://shop.example/a?x=1&y=2');
    expect(seen).toContain('1 https://shop.example/b');
    expect(html).toContain('href="https://m.example/t/0?a&amp;b"');
    expect(html).not.toContain('href="https://shop.example');
    expect(html).toContain('href="https://m.example/p/u/t"');
    expect(html).toContain('href="mailto:aide@shop.example"');
    expect(text).toContain('la boutique <https://m.example/t/0?a&b>');
    expect(text).toContain('Se désabonner <https://m.example/p/u/t>');
    expect(text).not.toContain('<https://shop.example');
  });

  it('gives the links of a text part written by hand the same index', async () => {
    const result = await render({
      mjml: loop,
      text: 'Voyez https://shop.example/?a=1&b=2\n{% for p in products %}{{ p.name }} {{ product.url }}{% endfor %}'.replace(
        '{{ product.url }}',
        '',
      ),
    });
    expect(result.textLinks).toMatchObject([{ index: 0, url: 'https://shop.example/?a=1&b=2' }]);
  });

  it('keeps loops that stand in comments', async () => {
    const result = await render({
      mjml: mjml(
        '<!-- {% for p in products %} --><mj-section><mj-column><mj-text>{{ p.name }}</mj-text></mj-column></mj-section><!-- {% endfor %} -->',
      ),
    });
    expect(result.text).toContain('Thé & miel');
    expect(result.text).toContain('Café');
  });
});

describe('what cannot be compiled', () => {
  it.each([
    ['liquid_dropped', mjml('{% for p in products %}<mj-section></mj-section>{% endfor %}'), 1],
    [
      'liquid_unclosed',
      mjml('<mj-section>\n<mj-column><mj-text>{{ profile.first_name </mj-text></mj-column></mj-section>'),
      2,
    ],
    [
      'liquid_syntax',
      mjml(
        '<mj-section><mj-column><mj-text>\n\n{{ profile.first_name | shout }}</mj-text></mj-column></mj-section>',
      ),
      3,
    ],
    [
      'liquid_syntax',
      mjml('<mj-section><mj-column><mj-text>{% if x %}</mj-text></mj-column></mj-section>'),
      1,
    ],
    ['include_refused', mjml('<mj-include path="/etc/passwd" type="html" />'), 1],
    ['mjml_lost', mjml('<mj-carousell></mj-carousell>'), 1],
    ['mjml_malformed', 'just words', undefined],
    ['mjml_malformed', '', undefined],
  ])('says %s and where', async (code, source, line) => {
    const result = await compiler.compile({ subject: 's', mjml: source, language: 'en' });
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? undefined : result.problems[0]).toMatchObject({
      code,
      where: { part: 'mjml', ...(line && { line }) },
    });
    expect(JSON.stringify(result)).not.toContain(process.cwd());
  });

  it('never reads a file (canary for MJML includes)', async () => {
    const { default: mjml2html } = await import('mjml');
    const { html } = await mjml2html(mjml('<mj-include path="/etc/passwd" type="html" />'), {
      ignoreIncludes: true,
    });
    expect(html).not.toContain('root:');
    const defaults = await mjml2html(mjml('<mj-include path="/etc/passwd" type="html" />'));
    expect(defaults.html).not.toContain('root:');
  });
});

describe('fields', () => {
  it('names a missing field and where it is read', async () => {
    const compiled = await compile({
      mjml: mjml(
        '<mj-section><mj-column>\n<mj-text>Hi\n  {{ profile.last_name }}</mj-text></mj-column></mj-section>',
      ),
      subject: 's',
    });
    const [bad, good] = await renderer.render(compiled, [
      context,
      { ...context, profile: { ...context.profile, last_name: 'Martin' } },
    ]);
    expect(bad).toMatchObject({
      ok: false,
      error: {
        code: 'missing_field',
        field: 'profile.last_name',
        where: { part: 'mjml', line: 3, column: 3 },
      },
    });
    expect(good?.ok).toBe(true);
  });

  it('treats an empty field as missing, and takes the default', async () => {
    const compiled = await compile({ mjml: loop, subject: 'A {{ profile.first_name | default: "vous" }}' });
    const [result] = await renderer.render(compiled, [
      { ...context, profile: { first_name: '', traits: {} } },
    ]);
    expect(result).toMatchObject({ ok: true, subject: 'A vous' });
  });

  it('refuses a link that is not a web address', async () => {
    const compiled = await compile({ mjml: loop });
    const products = context.products.map((product) => ({ ...product, url: 'javascript:alert(1)' }));
    const [result] = await renderer.render(compiled, [{ ...context, products }]);
    expect(result).toMatchObject({ ok: false, error: { code: 'link_not_allowed' } });
  });
});
