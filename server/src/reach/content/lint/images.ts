import type { CompiledMessage } from '../compiled.ts';
import type { Finding } from '../finding.ts';
import { attributeOf, scanHtml } from '../html-scan.ts';
import type { Page } from './page.ts';
import { finding } from './wording.ts';

const WHERE = { part: 'mjml' } as const;
const PERSON = /\b(?:profile|links)\s*\./;

/** MJML writes an empty alt where none was given, so that the source tells decoration from forgetting. */
const imagesWithoutAlt = (mjml: string): { line: number }[] => {
  const found: { line: number }[] = [];
  let line = 1;
  let counted = 0;
  for (const piece of scanHtml(mjml)) {
    const isImage = piece.kind === 'open' && (piece.name === 'mj-image' || piece.name === 'img');
    if (isImage && attributeOf(piece, 'alt') === undefined) {
      line += mjml.slice(counted, piece.start).split('\n').length - 1;
      counted = piece.start;
      found.push({ line });
    }
  }
  return found;
};

/** Addresses that an opened mail would fetch: images and backgrounds, Liquid included. */
const fetched = (html: string): string[] => [
  ...[...scanHtml(html)].flatMap((piece) =>
    piece.kind === 'open'
      ? [attributeOf(piece, 'src'), attributeOf(piece, 'srcset'), attributeOf(piece, 'background')].flatMap(
          (value) => value ?? [],
        )
      : [],
  ),
  ...[...html.matchAll(/url\(([^)]{0,1000})\)/gi)].map((match) => match[1] ?? ''),
];

export const lintImages = (input: {
  readonly page: Page;
  readonly mjml: string;
  readonly compiled: CompiledMessage;
}): Finding[] => {
  const findings: Finding[] = imagesWithoutAlt(input.mjml).map(({ line }) =>
    finding('image_without_alt', { ...WHERE, line }),
  );
  for (const image of input.page.images) {
    if (!/^https:|^data:image\//i.test(image.src)) {
      findings.push(finding('image_not_https', WHERE, image.src.slice(0, 120)));
    }
    // T-01: a picture that nobody can see is there to report that the mail was opened.
    const tiny = (size: number | undefined): boolean => size !== undefined && size <= 2;
    if (tiny(image.width) || tiny(image.height) || image.hidden) {
      findings.push(finding('open_pixel', WHERE, image.src.slice(0, 120)));
    }
  }
  for (const address of fetched(input.compiled.html)) {
    if (PERSON.test(address)) {
      findings.push(finding('image_identifies_reader', WHERE, address.slice(0, 120)));
    }
  }
  return findings;
};
