import type { CompiledMessage } from '../compiled.ts';
import type { Compiler } from '../compiler.ts';
import type { RenderContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import type { MessageSource, Problem } from '../message.ts';
import type { RenderResult } from '../rendered.ts';
import type { Renderer } from '../renderer.ts';
import { lintFields, traitsOf } from './fields.ts';
import { lintImages } from './images.ts';
import { lintLinks } from './links.ts';
import { lintMarkup, lintText } from './markup.ts';
import { readPage } from './page.ts';
import { poorContext, richContext, withField } from './sample-context.ts';
import { lintSubject } from './subject.ts';
import { finding } from './wording.ts';

export interface LintTools {
  readonly compile: Compiler['compile'];
  readonly render: Renderer['render'];
}

const asFinding = (severity: Finding['severity'], { code, message, where }: Problem): Finding => ({
  severity,
  code,
  message,
  where,
});

/** More fields without a fallback than this are not listed: the marketer has understood. */
const MOST_FIELDS = 15;

/** Renders for somebody of whom nothing is known, and gives one field after the other until it works. */
const missingFields = async (
  compiled: CompiledMessage,
  one: (context: RenderContext) => Promise<RenderResult | undefined>,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  let context: RenderContext | undefined = poorContext(compiled.language);
  while (context !== undefined && findings.length < MOST_FIELDS) {
    const result: RenderResult | undefined = await one(context);
    if (result === undefined || result.ok || result.error.field === undefined) {
      return findings;
    }
    const { field, where } = result.error;
    context = withField(context, field);
    if (context !== undefined) {
      findings.push(finding('field_without_default', where, field));
    }
  }
  return findings;
};

/** What stands between a message and its review, in the order of reading. */
export const lintSource = async (source: MessageSource, tools: LintTools): Promise<readonly Finding[]> => {
  const result = await tools.compile(source);
  if (!result.ok) {
    return [
      ...(source.subject.trim() === '' ? lintSubject('') : []),
      ...result.problems.map((problem) => asFinding('error', problem)),
    ];
  }
  const { compiled, notices, fields } = result;
  const one = async (context: RenderContext): Promise<RenderResult | undefined> =>
    (await tools.render(compiled, [context]))[0];
  const rich = richContext(compiled.language, traitsOf(fields));
  const rendered = await one(rich);
  const common = [...lintFields(fields), ...notices.map((problem) => asFinding('warning', problem))];
  if (!rendered?.ok) {
    const known = common.some(({ code }) => code === 'unknown_field');
    return rendered === undefined || known ? common : [asFinding('error', rendered.error), ...common];
  }
  const missing = await missingFields(compiled, one);
  const alone = await one({ ...rich, products: [] });
  const page = readPage(rendered.html);
  return [
    ...lintSubject(rendered.subject),
    ...common,
    ...missing,
    ...(alone?.ok === false ? [finding('needs_products', alone.error.where)] : []),
    ...lintLinks(page),
    ...lintImages({ page, mjml: source.mjml, compiled }),
    ...lintMarkup(page, rendered.html, compiled.language),
    ...lintText(rendered.text, compiled.textWritten),
  ];
};
