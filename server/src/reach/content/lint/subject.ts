import type { Finding } from '../finding.ts';
import { finding } from './wording.ts';

const WHERE = { part: 'subject' } as const;

/** @param subject as a sample reader gets it. */
export const lintSubject = (subject: string): Finding[] => {
  const findings: Finding[] = [];
  const letters = subject.replace(/[^\p{L}]/gu, '');
  if (subject.trim() === '') {
    return [finding('subject_missing', WHERE)];
  }
  if (subject.length > 150) {
    findings.push(finding('subject_too_long', WHERE, String(subject.length)));
  } else if (subject.length > 70) {
    // Most programs show 40 to 70 characters.
    findings.push(finding('subject_long', WHERE, String(subject.length)));
  }
  if (letters.length >= 8 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()) {
    findings.push(finding('subject_shouts', WHERE));
  }
  if (/!{2,}|\${2,}|€{2,}/.test(subject)) {
    findings.push(finding('subject_insists', WHERE));
  }
  if (/^\s*(?:re|fwd?|tr)\s*:/i.test(subject)) {
    findings.push(finding('subject_pretends', WHERE));
  }
  return findings;
};
