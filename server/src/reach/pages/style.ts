import { createHash } from 'node:crypto';

/** Contrast of text on ground is at least 7:1 in both schemes, of the accent at least 4.5:1 (WCAG 1.4.3). */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1c1e21;--soft:#565b63;--line:#c9cdd3;--accent:#1f4fd1;--on-accent:#fff;--note:#eef3ff}
@media (prefers-color-scheme:dark){:root{--ground:#15171a;--text:#eceef1;--soft:#b3b9c2;--line:#454b54;--accent:#9db8ff;--on-accent:#10131a;--note:#1d2536}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
.page{max-width:40rem;margin:0 auto;padding:1rem 1rem 3rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;justify-content:space-between;align-items:baseline;padding-bottom:.75rem;border-bottom:1px solid var(--line)}
.brand{font-weight:600}
h1{font-size:1.5rem;line-height:1.25;margin:1.5rem 0 .75rem}
h2{font-size:1.125rem;margin:1.75rem 0 .5rem}
p,ul,dl{margin:.5rem 0}
ul{padding-left:1.25rem}
dt{font-weight:600;margin-top:.5rem}
dd{margin:0}
a{color:var(--accent)}
blockquote{margin:.5rem 0;padding:.25rem .75rem;border-left:3px solid var(--line)}
section{border-top:1px solid var(--line);margin-top:1.5rem}
.note{background:var(--note);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}
.note p:first-child{margin-top:0}
.soft{color:var(--soft)}
fieldset{border:0;margin:0;padding:0}
legend{padding:0;margin-bottom:.25rem}
label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}
input[type=checkbox]{width:1.25rem;height:1.25rem;accent-color:var(--accent);flex:none}
button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;margin:.5rem 0;border-radius:.5rem;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer;max-width:100%}
button.plain{background:transparent;color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9375rem}
`;

const hash = createHash('sha256').update(style, 'utf8').digest('base64');

/** Nothing is loaded and nothing runs; the one stylesheet is named by its hash, and forms answer to this site only. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
