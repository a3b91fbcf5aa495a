import mjml2html from 'mjml';
import type { CompiledMessage } from './compiled.ts';
import { withoutControls } from './link-marks.ts';
import { markLinks, markTextLinks } from './link-slots.ts';
import { createEngine } from './liquid-engine.ts';
import {
  type Protected,
  placeAt,
  protectLiquid,
  restoreLiquid,
  type UnclosedToken,
} from './liquid-tokens.ts';
import {
  type Both,
  contentHash,
  type MessagePart,
  type MessageSource,
  type Problem,
  type Where,
} from './message.ts';
import { liquidFailure, type TemplatePart } from './render-batch.ts';
import { textOf } from './text-part.ts';

/** A field that a part reads, as segments: `['profile', 'first_name']`. */
export interface FieldUse {
  readonly path: readonly string[];
  readonly where: Problem['where'];
}

export type CompileResult =
  | {
      readonly ok: true;
      readonly compiled: CompiledMessage;
      /** What MJML did not understand but could do without. */
      readonly notices: readonly Problem[];
      readonly fields: readonly FieldUse[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const problem = (code: string, message: Both, { part, line, column }: Where): Problem => ({
  code,
  message,
  where: { part, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
});

const unclosed = (part: MessagePart, { unclosed: place }: UnclosedToken): Problem =>
  problem(
    'liquid_unclosed',
    { en: 'A {{ or {% is not closed.', fr: 'Une balise {{ ou {% n’est pas fermée.' },
    { part, ...place },
  );

/** Indentation means nothing in HTML unless a style says so; without it messages are a third smaller. */
const withoutIndentation = (html: string): string =>
  /<pre\b|<textarea\b|white-space\s*:\s*(?:pre|break)/i.test(html)
    ? html
    : html.replace(/[ \t]*\r?\n[ \t\r\n]*/g, '\n');

const dropped = (html: string, source: Protected): Problem[] => {
  const found = new Set([...html.matchAll(source.pattern)].map((match) => Number(match[1])));
  return source.tokens.flatMap((token, index) =>
    found.has(index)
      ? []
      : problem(
          'liquid_dropped',
          {
            en: `${token.raw} stands where MJML keeps no text. Put it into <mj-raw>.`,
            fr: `${token.raw} se trouve là où MJML ne garde aucun texte. Placez-le dans <mj-raw>.`,
          },
          { part: 'mjml', line: token.line, column: token.column },
        ),
  );
};

interface PartParse {
  readonly problems: readonly Problem[];
  readonly fields: readonly FieldUse[];
}

const parsePart = (compiled: CompiledMessage, part: TemplatePart, written: MessagePart): PartParse => {
  const engine = createEngine(part === 'html' ? 'html' : 'plain', compiled.language);
  try {
    const analysis = engine.analyzeSync(engine.parse(compiled[part]), { partials: false });
    const fields = Object.values(analysis.globals)
      .flat()
      .map((variable) => ({
        path: variable.segments.map((segment) => (Array.isArray(segment) ? '[]' : String(segment))),
        where: { part: written },
      }));
    return { problems: [], fields };
  } catch (error) {
    const failure = liquidFailure(part, error);
    return {
      fields: [],
      problems: [
        problem(
          'liquid_syntax',
          { en: `Liquid: ${failure.detail}.`, fr: `Liquid : ${failure.detail}.` },
          {
            part: written,
            ...(failure.offset !== undefined && placeAt(compiled.places[part], failure.offset)),
          },
        ),
      ],
    };
  }
};

/** MJML says this of a component that it does not know, and leaves it out with everything inside. */
const LOST = /doesn't exist or is not registered|cannot be used inside/;

/** Runs in a thread of its own: neither MJML nor Liquid nor the scanners are trusted to end. */
export const compileSource = async (source: MessageSource): Promise<CompileResult> => {
  const subject = protectLiquid(withoutControls(source.subject));
  const mjml = protectLiquid(withoutControls(source.mjml));
  const text = protectLiquid(withoutControls(source.text ?? ''));
  if ('unclosed' in subject) return { ok: false, problems: [unclosed('subject', subject)] };
  if ('unclosed' in mjml) return { ok: false, problems: [unclosed('mjml', mjml)] };
  if ('unclosed' in text) return { ok: false, problems: [unclosed('text', text)] };

  const include = /<\s*mj-include\b/i.exec(mjml.text);
  if (include !== null) {
    const line = mjml.text.slice(0, include.index).split('\n').length;
    const message = {
      en: 'mj-include is not available: a message contains everything it needs.',
      fr: 'mj-include n’est pas disponible : un message contient tout ce dont il a besoin.',
    };
    return { ok: false, problems: [problem('include_refused', message, { part: 'mjml', line })] };
  }

  let made: Awaited<ReturnType<typeof mjml2html>>;
  try {
    // No fonts: MJML would link to a third party's server from every message.
    made = await mjml2html(mjml.text, {
      ignoreIncludes: true,
      keepComments: true,
      validationLevel: 'soft',
      fonts: {},
    });
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    const message = {
      en: `MJML cannot read this: ${detail}`,
      fr: `MJML ne peut pas lire ce contenu : ${detail}`,
    };
    return { ok: false, problems: [problem('mjml_malformed', message, { part: 'mjml' })] };
  }
  const notices = made.errors
    // A Liquid field as a colour or a width is checked when it is rendered.
    .filter((error) => error.message.search(mjml.pattern) < 0)
    .map((error) =>
      problem(
        LOST.test(error.message) ? 'mjml_lost' : 'mjml_notice',
        { en: `MJML: ${error.message} (${error.tagName})`, fr: `MJML : ${error.message} (${error.tagName})` },
        { part: 'mjml', line: error.line },
      ),
    );
  const markup = withoutIndentation(made.html).replace(
    /(<(?:html|div)\b[^>]*?\blang=")und"/g,
    `$1${source.language}"`,
  );
  const lost = [...notices.filter(({ code }) => code === 'mjml_lost'), ...dropped(markup, mjml)];
  if (lost.length > 0) {
    return { ok: false, problems: lost };
  }

  const { html: linked, links } = markLinks(markup, mjml);
  const html = restoreLiquid(linked, mjml);
  const isTag = (index: number): boolean => mjml.tokens[index]?.raw.startsWith('{%') ?? false;
  const textWritten = source.text !== undefined && source.text.trim() !== '';
  const plain = textWritten
    ? restoreLiquid(markTextLinks(text.text, links, text), text)
    : restoreLiquid(textOf(linked, mjml.pattern, isTag), mjml);
  const subjectPart = restoreLiquid(subject.text, subject);
  const compiled: CompiledMessage = {
    hash: contentHash(source),
    language: source.language,
    subject: subjectPart.text,
    html: html.text,
    text: plain.text,
    textWritten,
    links,
    places: { subject: subjectPart.places, html: html.places, text: plain.places },
  };
  const parses = [
    parsePart(compiled, 'subject', 'subject'),
    parsePart(compiled, 'html', 'mjml'),
    parsePart(compiled, 'text', textWritten ? 'text' : 'mjml'),
  ];
  // A text part made from the HTML repeats its mistakes.
  const problems = [
    ...new Map(
      parses.flatMap((parse) => parse.problems).map((found) => [JSON.stringify(found), found]),
    ).values(),
  ];
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, compiled, notices, fields: parses.flatMap((parse) => parse.fields) };
};
