import { HighlightStyle } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Each at 4.5:1 or more on the page's ground, in both schemes (WCAG 2.2, 1.4.3). */
export const codeColours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'light-dark(#0b6e6e, #71c4bf)' },
  { tag: [tags.attributeName, tags.propertyName], color: 'light-dark(#34495e, #b9c0c9)' },
  { tag: [tags.string, tags.attributeValue], color: 'light-dark(#8a4b08, #e8b97a)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'light-dark(#7a2f9c, #d5a6ee)' },
  { tag: [tags.number, tags.bool, tags.unit, tags.color], color: 'light-dark(#1d5fa8, #8fbcf0)' },
  { tag: tags.variableName, color: 'light-dark(#1d5fa8, #8fbcf0)' },
  { tag: [tags.comment, tags.docComment], color: 'var(--mesure-quiet)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--mantine-color-error)' },
]);
