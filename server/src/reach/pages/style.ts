import { createHash } from 'node:crypto';
import { brandPalette } from '@mesure/contract/brand-colour';

/** Contrast of text on ground is at least 7:1 in both schemes, of the accent at least 4.5:1 (WCAG 1.4.3). */
const rules = `
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--text:#1c1e21;--soft:#545a63;--line:#e1e4e9;--edge:#868d97;--accent:#1f4fd1;--on-accent:#fff;--note:#eef3ff}
@media (prefers-color-scheme:dark){:root{--ground:#0f1113;--card:#181b1f;--text:#eceef1;--soft:#b3b9c2;--line:#30353c;--edge:#737b86;--accent:#9db8ff;--on-accent:#10131a;--note:#1d2536}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
.page{max-width:56rem;margin:0 auto;padding:1rem 1rem 3rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;justify-content:space-between;align-items:center;min-height:3rem;padding:0 .25rem .5rem}
.logo{height:auto;width:auto;max-height:2.75rem;max-width:min(14rem,60vw);object-fit:contain}
@media (prefers-color-scheme:dark){.logo{background:#fff;padding:.375rem .5rem;border-radius:.5rem}}
.brand{font-weight:650;font-size:1.125rem;letter-spacing:-.01em}
main{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.5rem 1.25rem 2rem}
h1{font-size:1.625rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 1rem;text-wrap:pretty}
h2{font-size:1.0625rem;line-height:1.35;margin:2rem 0 .5rem;text-wrap:balance}
p,ul,dl{margin:0 0 .75rem}
ul{padding-left:1.25rem}
li{margin-bottom:.375rem}
dt{font-weight:600;margin-top:.5rem}
dd{margin:0}
a{color:var(--accent);text-underline-offset:.2em}
blockquote{margin:0 0 1rem;padding:.625rem 1rem;background:var(--note);border-radius:.5rem}
section{border-top:1px solid var(--line);margin-top:1.75rem;padding-top:1.75rem}
section>h2{margin-top:0}
section>:last-child{margin-bottom:0}
.note{background:var(--note);border-radius:.75rem;padding:1rem 1.25rem;margin:0 0 1.5rem}
.note>:last-child,.note form:last-child button{margin-bottom:0}
.soft{color:var(--soft);font-size:.9375rem}
.yours{font-weight:600}
.actions{list-style:none;padding:0}
.actions li{margin-bottom:.75rem}
form+p{margin-top:1rem}
.actions a{display:inline-block;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:.5rem;text-decoration:none;font-weight:600}
fieldset{border:0;margin:0;padding:0}
legend{padding:0;margin-bottom:.25rem}
label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}
input[type=checkbox]{width:1.25rem;height:1.25rem;accent-color:var(--accent);flex:none}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;margin:.5rem 0;border-radius:.5rem;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer;max-width:100%}
button.plain{background:transparent;border-color:var(--edge);color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
footer{padding:1.5rem .25rem 0;color:var(--soft);font-size:.875rem}
footer p{margin:0 0 .25rem}
@media (min-width:52rem){
.page{padding-top:2rem}
main{padding:3rem 3.5rem}
h1{font-size:2.125rem;margin-bottom:1.25rem}
section{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:2.5rem}
section>*{grid-column:2}
section>h2{grid-column:1;grid-row:1/span 12}
}
`;

/** The brand's colour, made readable; notes lose their tint, which belongs to our own accent. */
const withAccent = (accentColor: string): string => {
  const { light, dark } = brandPalette(accentColor);
  return `${rules}:root{--accent:${light.accent};--on-accent:${light.onAccent};--note:#eef0f4}
@media (prefers-color-scheme:dark){:root{--accent:${dark.accent};--on-accent:${dark.onAccent};--note:#262b32}}
`;
};

export interface Look {
  readonly style: string;
  readonly contentSecurityPolicy: string;
}

/** Nothing runs and only the logo is loaded; the one stylesheet is named by its hash, and forms answer to this site only. */
const lookWith = (style: string): Look => ({
  style,
  contentSecurityPolicy: [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style, 'utf8').digest('base64')}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});

const plainLook = lookWith(rules);

/** @param accentColor `#rrggbb`, or null for our own accent */
export const lookOf = (accentColor: string | null): Look =>
  accentColor === null ? plainLook : lookWith(withAccent(accentColor));
