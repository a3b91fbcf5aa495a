import { createTheme } from '@mantine/core';
import { say } from '#words';
import { accent, dark, red, spacing } from './tokens.ts';

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const fixedFonts =
  'ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

export const theme = createTheme({
  colors: { accent, dark, red },
  primaryColor: 'accent',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.32,
  fontFamily: systemFonts,
  fontFamilyMonospace: fixedFonts,
  headings: {
    fontFamily: systemFonts,
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' } },
  },
  defaultRadius: 'sm',
  spacing,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // Tables that scroll sideways on a phone do so by keyboard too (WCAG 2.1.1).
    TableScrollContainer: { defaultProps: { type: 'native', tabIndex: 0 } },
    // The focus goes to the first entry, where it is seen, and not to a place without a ring before it (WCAG 2.4.7).
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // Mantine's own label is English; asked for anew at each drawing, as the language may have changed.
    PasswordInput: {
      defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': say('common.showPassword') } }),
    },
    // The colour of the state is in the icon and the ground: a coloured title does not reach 4.5:1 on yellow.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
  },
});
