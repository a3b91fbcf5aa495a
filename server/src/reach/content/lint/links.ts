import type { Finding } from '../finding.ts';
import type { Page, PageLink } from './page.ts';
import { SAMPLE } from './sample-context.ts';
import { finding } from './wording.ts';

const WHERE = { part: 'mjml' } as const;
const SHORTENERS = new Set(
  'bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at tiny.cc lnkd.in'.split(
    ' ',
  ),
);
const EMPTY_WORDS =
  /^(?:ici|cliquez ici|lien|en savoir plus|plus|here|click here|link|more|read more|this)[\s.…>»]*$/i;

const hostOf = (href: string): string | undefined => URL.parse(href)?.hostname.replace(/^www\./, '');

const lintOne = (link: PageLink): Finding[] => {
  const findings: Finding[] = [];
  const { href } = link;
  if (/^(?:mailto|tel|sms):/i.test(href)) {
    return findings;
  }
  const url = URL.parse(href);
  if (url === null || href.startsWith('#')) {
    findings.push(finding('link_broken', WHERE, href.slice(0, 120)));
  } else if (url.protocol !== 'https:') {
    findings.push(finding('link_not_https', WHERE, href.slice(0, 120)));
  }
  if (SHORTENERS.has(hostOf(href) ?? '')) {
    findings.push(finding('link_shortened', WHERE, href.slice(0, 120)));
  }
  if (link.label === '' && !link.hidden) {
    findings.push(finding('link_without_words', WHERE, href.slice(0, 120)));
  } else if (EMPTY_WORDS.test(link.label)) {
    findings.push(finding('link_vague', WHERE, link.label));
  }
  return findings;
};

/** E-07: the reader sees the way out. Contrast below 3 or words below 9 px count as hidden. */
const lintUnsubscribe = (page: Page): Finding[] => {
  const links = page.links.filter((link) => link.href === SAMPLE.unsubscribe);
  if (links.length === 0) {
    return [finding('unsubscribe_missing', WHERE)];
  }
  const seen = links.filter(
    (link) => !link.hidden && link.label !== '' && link.fontPx >= 9 && link.contrast >= 3,
  );
  if (seen.length === 0) {
    return [finding('unsubscribe_hidden', WHERE)];
  }
  return seen.some((link) => link.contrast >= 4.5) ? [] : [finding('unsubscribe_faint', WHERE)];
};

const ownPage = (page: Page, href: string, code: 'preferences_missing' | 'why_missing'): Finding[] =>
  page.links.some((link) => link.href === href && !link.hidden) ? [] : [finding(code, WHERE)];

export const lintLinks = (page: Page): Finding[] => [
  ...page.links.flatMap(lintOne),
  ...lintUnsubscribe(page),
  ...ownPage(page, SAMPLE.preferences, 'preferences_missing'),
  ...ownPage(page, SAMPLE.why, 'why_missing'),
];
