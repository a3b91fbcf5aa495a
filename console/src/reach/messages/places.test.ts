import { describe, expect, it } from 'vitest';
import { offsetOf, spanOf } from './places.ts';

const text = '<mjml>\n  <mj-text>{{ profile.city }} é</mj-text>\n\n</mjml>';

describe('places in what was typed', () => {
  it('are found by line and column, and never lie outside', () => {
    expect(offsetOf(text, 1)).toBe(0);
    expect(text.slice(offsetOf(text, 2, 12))).toMatch(/^\{\{ profile/);
    expect(text.slice(offsetOf(text, 4))).toBe('</mjml>');
    expect(offsetOf(text, 3, 50)).toBe(offsetOf(text, 3));
    expect(offsetOf(text, 99, 1)).toBe(text.length);
    expect(offsetOf('', 1, 1)).toBe(0);
  });

  it('cover the tag that is meant, or its line', () => {
    const of = (where: { line?: number; column?: number }): string => {
      const { from, to } = spanOf(text, where);
      return text.slice(from, to);
    };
    expect(of({ line: 2, column: 12 })).toBe('{{ profile.city }}');
    expect(of({ line: 2, column: 3 })).toBe('<mj-text>');
    expect(of({ line: 2 })).toBe('<mj-text>{{ profile.city }} é</mj-text>');
    expect(of({})).toBe('<mjml>');
    expect(of({ line: 99 })).toBe('');
  });
});
