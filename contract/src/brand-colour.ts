/** `#rrggbb`. */
export type HexColour = string;

export interface AccentOn {
  /** The accent as it can be used on this ground: 4.5:1 as text, and as the ground of a button. */
  readonly accent: HexColour;
  /** Text on the accent: 4.5:1 or better. */
  readonly onAccent: HexColour;
  /** The given colour could not be used as it is. */
  readonly adjusted: boolean;
}

export interface BrandPalette {
  readonly light: AccentOn;
  readonly dark: AccentOn;
}

/** What text stands on in each scheme: of page, card and note the one that gives the lowest contrast. */
const grounds = { light: '#eef0f4', dark: '#262b32' } as const;
const inks = ['#ffffff', '#10131a'] as const;
/** WCAG 2.2, success criterion 1.4.3. */
const LEAST = 4.5;

type Rgb = readonly [number, number, number];

const rgbOf = (hex: HexColour): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const hexOf = (rgb: Rgb): HexColour =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (hex: HexColour): number => {
  const [red, green, blue] = rgbOf(hex);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/** Contrast ratio of two opaque colours in [1, 21] (WCAG 2.2, definition of contrast ratio). */
export const contrastOf = (one: HexColour, other: HexColour): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const mixed = (hex: HexColour, towards: HexColour, share: number): HexColour => {
  const [from, to] = [rgbOf(hex), rgbOf(towards)];
  const part = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return hexOf([part(0), part(1), part(2)]);
};

const bestInk = (accent: HexColour): HexColour =>
  contrastOf(accent, inks[0]) >= contrastOf(accent, inks[1]) ? inks[0] : inks[1];

const STEPS = 100;

/** The nearest colour on the way to black (or white) that reads on the ground and carries readable text. */
const accentOn = (given: HexColour, scheme: keyof typeof grounds): AccentOn => {
  const towards = scheme === 'light' ? '#000000' : '#ffffff';
  for (let step = 0; step <= STEPS; step += 1) {
    const accent = mixed(given, towards, step / STEPS);
    const onAccent = bestInk(accent);
    if (contrastOf(accent, grounds[scheme]) >= LEAST && contrastOf(accent, onAccent) >= LEAST)
      return { accent, onAccent, adjusted: step > 0 };
  }
  return { accent: towards, onAccent: bestInk(towards), adjusted: true };
};

/** The brand's colour made readable in both schemes. `accent` is `#rrggbb`. */
export const brandPalette = (accent: HexColour): BrandPalette => ({
  light: accentOn(accent.toLowerCase(), 'light'),
  dark: accentOn(accent.toLowerCase(), 'dark'),
});
