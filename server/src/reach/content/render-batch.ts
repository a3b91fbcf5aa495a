import type { Liquid, Template } from 'liquidjs';
import type { RenderContext } from './context.ts';
import { decodeEntities } from './html-scan.ts';
import { CLOSE, MIDDLE, OPEN } from './link-marks.ts';
import { createEngine } from './liquid-engine.ts';
import type { MessageLanguage } from './message.ts';
import { plainData } from './plain-data.ts';
import type { RenderedLink } from './rendered.ts';
import { tidyText } from './text-part.ts';

export interface RawTemplate {
  readonly language: MessageLanguage;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export type TemplatePart = 'subject' | 'html' | 'text';

/** A failure as the worker sees it: `offset` counts in the compiled part. */
export interface RawFailure {
  readonly code: 'missing_field' | 'template_failed' | 'too_large' | 'link_not_allowed';
  readonly part: TemplatePart;
  readonly detail: string;
  readonly offset?: number;
}

export type RawResult =
  | {
      readonly ok: true;
      readonly subject: string;
      readonly html: string;
      readonly text: string;
      readonly htmlLinks: readonly RenderedLink[];
      readonly textLinks: readonly RenderedLink[];
    }
  | { readonly ok: false; readonly failure: RawFailure };

export interface ParsedTemplate {
  readonly render: (context: RenderContext) => RawResult;
}

/** Characters. A message of 102 kB is clipped by Gmail already. */
const MAX_OUTPUT: Readonly<Record<TemplatePart, number>> = { subject: 2_000, html: 1_000_000, text: 400_000 };

class PartFailure extends Error {
  readonly failure: RawFailure;
  constructor(failure: RawFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

const readString = (value: unknown, key: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** What a Liquid error says, without its own line and column: those count in the compiled part. */
export const liquidFailure = (part: TemplatePart, error: unknown): RawFailure => {
  const token: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'token') : undefined;
  const begin: unknown =
    typeof token === 'object' && token !== null ? Reflect.get(token, 'begin') : undefined;
  const original: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'originalError') : undefined;
  const variable = readString(original, 'variableName');
  const message = (readString(error, 'message') ?? String(error)).replace(/, line:\d+, col:\d+[\s\S]*$/, '');
  return {
    code: variable === undefined ? 'template_failed' : 'missing_field',
    part,
    detail: variable ?? message.slice(0, 300),
    ...(typeof begin === 'number' ? { offset: begin } : {}),
  };
};

/** Takes the marks out and notes where the addresses stand. */
const takeLinks = (
  part: 'html' | 'text',
  rendered: string,
  ownPages: ReadonlySet<string>,
): { readonly output: string; readonly links: readonly RenderedLink[] } => {
  let output = '';
  let from = 0;
  const links: RenderedLink[] = [];
  for (let open = rendered.indexOf(OPEN); open >= 0; open = rendered.indexOf(OPEN, from)) {
    const middle = rendered.indexOf(MIDDLE, open);
    const close = rendered.indexOf(CLOSE, middle);
    const address = rendered.slice(middle + 1, close).trim();
    const url = part === 'html' ? decodeEntities(address) : address;
    output += rendered.slice(from, open);
    if (!/^https?:\/\/[^\s]/i.test(url) && !/^(?:mailto|tel|sms):/i.test(url)) {
      throw new PartFailure({ code: 'link_not_allowed', part, detail: url.slice(0, 200) });
    }
    if (/^https?:/i.test(url) && !ownPages.has(url)) {
      links.push({
        index: Number(rendered.slice(open + 1, middle)),
        url,
        start: output.length,
        end: output.length + address.length,
      });
    }
    output += address;
    from = close + 1;
  }
  return { output: output + rendered.slice(from), links };
};

interface PartTemplate {
  readonly engine: Liquid;
  readonly templates: Template[];
}

const renderPart = (part: TemplatePart, { engine, templates }: PartTemplate, data: object): string => {
  let output: string;
  try {
    output = String(engine.renderSync(templates, data));
  } catch (error) {
    throw new PartFailure(liquidFailure(part, error));
  }
  if (output.length > MAX_OUTPUT[part]) {
    throw new PartFailure({ code: 'too_large', part, detail: `${output.length} > ${MAX_OUTPUT[part]}` });
  }
  return output;
};

/** Throws a Liquid error when a part cannot be parsed; `liquidFailure` reads it. */
export const parseTemplate = (template: RawTemplate): ParsedTemplate => {
  const html = createEngine('html', template.language);
  const plain = createEngine('plain', template.language);
  const parts = {
    subject: { engine: plain, templates: plain.parse(template.subject) },
    html: { engine: html, templates: html.parse(template.html) },
    text: { engine: plain, templates: plain.parse(template.text) },
  };
  return {
    render: (context) => {
      const data = plainData(context);
      const scope = typeof data === 'object' && data !== null ? data : {};
      const ownPages = new Set(Object.values(context.links));
      try {
        // A line break in a subject would be refused by the composer; in a name it is only white space.
        const subject = renderPart('subject', parts.subject, scope).replace(/\s+/g, ' ').trim();
        const htmlPart = takeLinks('html', renderPart('html', parts.html, scope), ownPages);
        const textPart = takeLinks('text', tidyText(renderPart('text', parts.text, scope)), ownPages);
        return {
          ok: true,
          subject,
          html: htmlPart.output,
          text: textPart.output,
          htmlLinks: htmlPart.links,
          textLinks: textPart.links,
        };
      } catch (error) {
        if (error instanceof PartFailure) {
          return { ok: false, failure: error.failure };
        }
        return { ok: false, failure: liquidFailure('html', error) };
      }
    },
  };
};
