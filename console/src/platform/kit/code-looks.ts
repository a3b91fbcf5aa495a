import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** The editor in the console's own colours. */
export const editorLooks = (scheme: 'light' | 'dark', minHeight: number): Extension =>
  EditorView.theme(
    {
      '&': {
        fontSize: '0.8125rem',
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 'var(--mantine-radius-sm)',
        backgroundColor: 'var(--mantine-color-body)',
        color: 'var(--mantine-color-text)',
      },
      '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '-1px' },
      '.cm-scroller': {
        fontFamily: 'var(--mantine-font-family-monospace)',
        minHeight: `${String(minHeight)}px`,
        maxHeight: '70vh',
      },
      '.cm-content': { caretColor: 'var(--mantine-color-text)' },
      '.cm-gutters': {
        backgroundColor: 'transparent',
        color: 'var(--mesure-quiet)',
        borderInlineEnd: '1px solid var(--mesure-hairline)',
      },
      '.cm-tooltip': {
        backgroundColor: 'var(--mantine-color-body)',
        border: '1px solid var(--mantine-color-default-border)',
        color: 'var(--mantine-color-text)',
      },
      '.cm-placeholder': { color: 'var(--mesure-quiet)' },
    },
    { dark: scheme === 'dark' },
  );
