import { afterAll, describe, expect, it } from 'vitest';
import type { CompiledMessage } from './compiled.ts';
import type { RenderContext } from './context.ts';
import { ALLOWED_FILTERS, ALLOWED_TAGS, createEngine } from './liquid-engine.ts';
import { createRenderer } from './renderer.ts';

const renderer = createRenderer();
afterAll(() => renderer.stop());

const person = (name = 'Zoé', traits: RenderContext['profile']['traits'] = {}): RenderContext => ({
  profile: { first_name: name, traits },
  products: [],
  links: {
    unsubscribe: 'https://m.example/u',
    preferences: 'https://m.example/p',
    why: 'https://m.example/w',
  },
  sender: { name: 'B', address: 'A' },
  campaign: { name: 'C' },
});

let made = 0;
const template = (html: string): CompiledMessage => {
  made += 1;
  return {
    hash: `template-${made}`,
    language: 'en',
    subject: 's',
    html,
    text: 't',
    textWritten: true,
    links: [],
    places: { subject: [], html: [], text: [] },
  };
};

const one = async (html: string, context = person()) => {
  const [result] = await renderer.render(template(html), [context]);
  return result;
};

describe('the door of the sandbox', () => {
  it('has these tags and filters and no other', () => {
    const engine = createEngine('html', 'en');
    expect(Object.keys(engine.tags).sort()).toEqual([...ALLOWED_TAGS].sort());
    expect(Object.keys(engine.filters).sort()).toEqual(
      [...ALLOWED_FILTERS, 'date', 'money', 'number'].sort(),
    );
  });
});

const nested = (depth: number): string => `${'{% if true %}'.repeat(depth)}x${'{% endif %}'.repeat(depth)}`;

describe('hostile templates end in a clean error, and the process lives on', () => {
  it.each([
    ['reads a file', "{% include '/etc/hosts' %}"],
    ['renders a file', "{% render '/etc/hosts' %}"],
    ['takes a layout', "{% layout '/etc/hosts' %}"],
    ['defines a block', '{% block a %}{% endblock %}'],
    ['reaches the constructor', '{{ profile.constructor.name }}'],
    ['reaches the prototype', '{{ profile.__proto__ }}'],
    ['reaches a method', '{{ "x".toString }}'],
    ['reaches the process', '{{ process.env.PATH }}'],
    ['reaches the engine', '{{ this }}'],
    ['prints raw', '{{ profile.first_name | raw }}'],
    ['evaluates an expression', '{{ products | where_exp: "x", "x" }}'],
    ['amplifies by replace_first (CVE-2026-33287)', '{{ "aaaa" | replace_first: "a", "$&$&$&$&" }}'],
    ['pads a date (CVE-2026-45357)', "{{ 'now' | date: '%5000000d' }}"],
    ['skips the memory limit by pop (CVE-2026-55575)', '{{ products | pop }}'],
    [
      'loops over nothing, long (CVE-2026-44645)',
      `{% for i in (1..30000) %}{% for j in (1..30000) %}{% endfor %}{% endfor %}`,
    ],
    ['loops without an end', '{% for i in (1..1000000000) %}x{% endfor %}'],
    [
      'multiplies text',
      `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a | append: a %}'.repeat(30)}{{ a }}`,
    ],
    [
      'multiplies captures',
      `{% capture a %}xxxxxxxxxx{% endcapture %}${'{% capture a %}{{ a }}{{ a }}{{ a }}{{ a }}{% endcapture %}'.repeat(20)}{{ a }}`,
    ],
    [
      'replaces by much',
      `{% assign a = "aaaaaaaaaa" %}${'{% assign a = a | replace: "a", "aaaaaaaaaa" %}'.repeat(12)}{{ a }}`,
    ],
    [
      'splits into much',
      `{% assign a = "aaaaaaaaaa" %}${'{% assign a = a | append: a %}'.repeat(24)}{% assign b = a | split: "" %}{{ b | join: "," }}`,
    ],
    ['nests deeply', nested(20_000)],
    ['writes much', '{% for i in (1..900000) %}0123456789{% endfor %}'],
    ['is not closed', '{% for i in (1..3) %}'],
  ])('%s', async (_what, html) => {
    const result = await one(html);
    expect(result).toMatchObject({
      ok: false,
      error: { message: { en: expect.any(String), fr: expect.any(String) } },
    });
    expect(JSON.stringify(result)).not.toMatch(/localhost|127\.0\.0\.1|node_modules/);
    expect(await one('Hello {{ profile.first_name }}')).toMatchObject({ ok: true, html: 'Hello Zoé' });
  });

  it('escapes markup and drops control characters of data', async () => {
    const result = await one(
      '{{ profile.first_name }}{{ profile.traits.note }}',
      person('<script>\u0001', { note: '"\u0000\'' }),
    );
    expect(result).toMatchObject({ ok: true, html: '&lt;script&gt;&#34;&#39;' });
  });

  it('does not show what is inherited', async () => {
    const traits = JSON.parse('{"__proto__":{"admin":true},"ok":"yes"}');
    expect(await one('{{ profile.traits.ok }}', person('Z', traits))).toMatchObject({
      ok: true,
      html: 'yes',
    });
    expect(await one('{{ profile.traits.admin }}', person('Z', traits))).toMatchObject({ ok: false });
  });
});

describe('one bad person in a batch', () => {
  const loops =
    '{% if profile.traits.loop %}{% for i in (1..30000) %}{% for j in (1..30000) %}{% endfor %}{% endfor %}{% endif %}{{ profile.first_name }}';

  it('is named, and everybody else gets the message', async () => {
    const compiled = template(loops);
    const people = Array.from({ length: 20 }, (_, index) =>
      person(`P${index}`, index === 7 ? { loop: true } : {}),
    );
    const results = await renderer.render(compiled, people);
    expect(results.map((result) => result.ok)).toEqual(people.map((_, index) => index !== 7));
    expect(results[19]).toMatchObject({ ok: true, html: 'P19' });
  });

  it('stops a template that never works after three tries', async () => {
    const results = await renderer.render(
      template(loops),
      Array.from({ length: 100 }, () => person('P', { loop: true })),
    );
    expect(results.every((result) => !result.ok)).toBe(true);
  });

  it('keeps other calls apart while one is stopped', async () => {
    const [bad, good] = await Promise.all([
      one(loops, person('P', { loop: true })),
      one('{{ profile.first_name }}'),
    ]);
    expect(bad?.ok).toBe(false);
    expect(good?.ok).toBe(true);
  });
});
