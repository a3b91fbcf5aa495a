import type { Finding } from '../finding.ts';
import type { MessageLanguage } from '../message.ts';
import type { Page } from './page.ts';
import { SAMPLE } from './sample-context.ts';
import { finding } from './wording.ts';

const WHERE = { part: 'mjml' } as const;
/** Gmail shows so many bytes of HTML and hides the rest, the unsubscribe link first. */
const GMAIL_CLIPS_AT = 102 * 1024;

/** @param html as a sample reader gets it. */
export const lintMarkup = (page: Page, html: string, language: MessageLanguage): Finding[] => {
  const findings: Finding[] = [];
  const bytes = Buffer.byteLength(html);
  if (bytes > GMAIL_CLIPS_AT) {
    findings.push(finding('too_large', WHERE, `${Math.round(bytes / 1024)}`));
  }
  if (page.title === '') {
    findings.push(finding('title_missing', WHERE));
  }
  if (page.lang.slice(0, 2).toLowerCase() !== language) {
    findings.push(finding('language_differs', WHERE, page.lang));
  }
  for (const what of new Set(page.active)) {
    findings.push(finding('active_content', WHERE, what));
  }
  for (const address of new Set(page.remoteStyles)) {
    findings.push(finding('remote_style', WHERE, address.slice(0, 120)));
  }
  if (page.tablesWithoutRole > 0) {
    findings.push(finding('table_without_role', WHERE, String(page.tablesWithoutRole)));
  }
  // L-09: on whose behalf, and where they can be found.
  if (!page.visibleText.includes(SAMPLE.senderName)) {
    findings.push(finding('sender_missing', WHERE));
  }
  if (!page.visibleText.includes(SAMPLE.senderAddress)) {
    findings.push(finding('sender_address_missing', WHERE));
  }
  return findings;
};

/** @param text as a sample reader gets it. */
export const lintText = (text: string, written: boolean): Finding[] => {
  const where = { part: written ? 'text' : 'mjml' } as const;
  if (text.trim().length < 20) {
    return [finding('text_empty', where)];
  }
  const findings: Finding[] = [];
  if (!text.includes(SAMPLE.unsubscribe)) {
    findings.push(finding('text_without_unsubscribe', where));
  }
  if (!text.includes(SAMPLE.senderName)) {
    findings.push(finding('text_without_sender', where));
  }
  return findings;
};
