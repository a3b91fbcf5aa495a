import { afterAll, describe, expect, it } from 'vitest';
import { createCompiler } from '../compiler.ts';
import type { MessageSource } from '../message.ts';
import { createRenderer } from '../renderer.ts';
import { starters } from '../starters/starters.ts';
import { contrast } from './colour.ts';
import { lintSource } from './lint.ts';
import type { FindingCode } from './wording.ts';

const compiler = createCompiler();
const renderer = createRenderer();
afterAll(async () => {
  await compiler.stop();
  await renderer.stop();
});
const lint = (source: MessageSource) =>
  lintSource(source, { compile: compiler.compile, render: renderer.render });

const footer = `<mj-text>{{ sender.name }} {{ sender.address }} <a href="{{ links.unsubscribe }}">Unsubscribe</a>
  <a href="{{ links.preferences }}">Preferences</a> <a href="{{ links.why }}">Why did I get this?</a></mj-text>`;
const mjml = (body: string, rest = footer, head = '<mj-title>News</mj-title>'): string =>
  `<mjml><mj-head>${head}</mj-head><mj-body><mj-section><mj-column>${body}${rest}</mj-column></mj-section></mj-body></mjml>`;
const message = (body: string, change: Partial<MessageSource> = {}): MessageSource => ({
  subject: 'News of the week',
  mjml: mjml(body),
  language: 'en',
  ...change,
});

it.each(starters.map((starter) => [starter.key, starter] as const))(
  'the starter %s is clean',
  async (_key, starter) => {
    expect(await lint(starter)).toEqual([]);
  },
);

it('has nothing to say about a plain message', async () => {
  expect(await lint(message('<mj-text>Hello</mj-text>'))).toEqual([]);
});

describe('findings', () => {
  it.each<[FindingCode | 'missing_field' | 'liquid_syntax' | 'timeout', MessageSource]>([
    ['subject_missing', message('', { subject: '  ' })],
    ['subject_long', message('', { subject: 'word '.repeat(18) })],
    ['subject_too_long', message('', { subject: 'word '.repeat(40) })],
    ['subject_shouts', message('', { subject: 'GRANDES SOLDES D’ÉTÉ' })],
    ['subject_insists', message('', { subject: 'Today only!!!' })],
    ['subject_pretends', message('', { subject: 'Re: your order' })],
    ['unknown_field', message('<mj-text>{{ profile.firstname | default: "x" }}</mj-text>')],
    ['unknown_field', message('<mj-text>{% if account.vip %}x{% endif %}</mj-text>')],
    [
      'missing_field',
      message(
        '<mj-raw>{% for p in products %}</mj-raw><mj-text>{{ p.nam }}</mj-text><mj-raw>{% endfor %}</mj-raw>',
      ),
    ],
    ['field_without_default', message('<mj-text>{{ profile.city }}</mj-text>')],
    ['field_without_default', message('<mj-text>{{ profile.traits.shoe }}</mj-text>')],
    ['needs_products', message('<mj-text>{{ products[0].name }}</mj-text>')],
    ['link_broken', message('<mj-text><a href="https://[shop/">shop</a></mj-text>')],
    ['link_not_https', message('<mj-text><a href="http://shop.example/">our shop</a></mj-text>')],
    ['link_shortened', message('<mj-text><a href="https://bit.ly/x">our shop</a></mj-text>')],
    [
      'link_without_words',
      message('<mj-image alt="" src="https://shop.example/a.png" href="https://shop.example/" />'),
    ],
    ['link_vague', message('<mj-text><a href="https://shop.example/">click here</a></mj-text>')],
    ['unsubscribe_missing', message('', { mjml: mjml('<mj-text>x</mj-text>', '') })],
    [
      'unsubscribe_hidden',
      message('', {
        mjml: mjml('<mj-text><a href="{{ links.unsubscribe }}" style="display:none">x</a></mj-text>', ''),
      }),
    ],
    [
      'unsubscribe_hidden',
      message('', {
        mjml: mjml(
          '<mj-text color="#ffffff"><a style="color:#fff" href="{{ links.unsubscribe }}">out</a></mj-text>',
          '',
        ),
      }),
    ],
    [
      'unsubscribe_hidden',
      message('', {
        mjml: mjml('<mj-text font-size="2px"><a href="{{ links.unsubscribe }}">out</a></mj-text>', ''),
      }),
    ],
    [
      'unsubscribe_faint',
      message('', {
        mjml: mjml('<mj-text><a style="color:#888888" href="{{ links.unsubscribe }}">out</a></mj-text>', ''),
      }),
    ],
    ['preferences_missing', message('', { mjml: mjml('', '<mj-text>x</mj-text>') })],
    ['why_missing', message('', { mjml: mjml('', '<mj-text>x</mj-text>') })],
    ['sender_missing', message('', { mjml: mjml('', '<mj-text>x</mj-text>') })],
    ['sender_address_missing', message('', { mjml: mjml('', '<mj-text>{{ sender.name }}</mj-text>') })],
    ['image_without_alt', message('<mj-image src="https://shop.example/a.png" />')],
    ['image_without_alt', message('<mj-text><img src="https://shop.example/a.png"></mj-text>')],
    ['image_not_https', message('<mj-image alt="x" src="http://shop.example/a.png" />')],
    [
      'open_pixel',
      message('<mj-text><img alt="" width="1" height="1" src="https://shop.example/a.png"></mj-text>'),
    ],
    [
      'open_pixel',
      message('<mj-raw><img alt="" style="display:none" src="https://shop.example/a.png"></mj-raw>'),
    ],
    [
      'image_identifies_reader',
      message('<mj-image alt="x" src="https://shop.example/a.png?e={{ profile.email }}" />'),
    ],
    ['too_large', message(`<mj-text>${'word '.repeat(22_000)}</mj-text>`)],
    ['title_missing', message('', { mjml: mjml('', footer, '') })],
    ['language_differs', message('', { mjml: mjml('').replace('<mjml>', '<mjml lang="fr">') })],
    ['active_content', message('<mj-raw><script>alert(1)</script></mj-raw>')],
    ['active_content', message('<mj-text><b onclick="x()">x</b></mj-text>')],
    [
      'remote_style',
      message('', {
        mjml: mjml(
          '',
          footer,
          '<mj-title>x</mj-title><mj-font name="R" href="https://fonts.example/r.css" /><mj-attributes><mj-all font-family="R" /></mj-attributes>',
        ),
      }),
    ],
    [
      'remote_style',
      message('', {
        mjml: mjml(
          '',
          footer,
          '<mj-title>x</mj-title><mj-style>@import url(https://fonts.example/x.css);</mj-style>',
        ),
      }),
    ],
    ['table_without_role', message('<mj-text><table><tr><td>x</td></tr></table></mj-text>')],
    ['text_without_unsubscribe', message('', { text: 'Hello, this is {{ sender.name }} writing to you.' })],
    ['text_without_sender', message('', { text: 'Hello, leave here: {{ links.unsubscribe }}' })],
    ['text_empty', message('', { text: 'Hi' })],
    ['liquid_syntax', message('<mj-text>{% if %}</mj-text>')],
    [
      'timeout',
      message(
        '<mj-text>{% for i in (1..30000) %}{% for j in (1..30000) %}{% endfor %}{% endfor %}</mj-text>',
      ),
    ],
  ])('%s', async (code, source) => {
    const findings = await lint(source);
    expect(findings.map((finding) => finding.code)).toContain(code);
    for (const { message: words } of findings) {
      expect(words.fr).not.toMatch(/!(?!!)\s*$/);
      expect(words.en.length).toBeGreaterThan(5);
    }
  });
});

it('measures contrast as WCAG does', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  // WCAG technique G18: #767676 on white is the lightest grey that passes 4.5.
  expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeGreaterThan(4.5);
  expect(contrast([0x77, 0x77, 0x77], [255, 255, 255])).toBeLessThan(4.5);
});

it('reads hostile markup in bounded time', async () => {
  const bodies = [
    '<b>'.repeat(20_000) + '</i>'.repeat(20_000),
    'url('.repeat(20_000),
    '<img '.repeat(20_000),
    '<a '.repeat(20_000),
    ' '.repeat(100_000),
  ];
  for (const body of bodies) {
    expect(Array.isArray(await lint(message(`<mj-raw>${body}</mj-raw>`)))).toBe(true);
  }
});
