/** The look of the server's own plain pages: system fonts, one accent, both colour schemes, contrast ≥ 4.5:1. */
export const styleSheet = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f5f7, #0f1113);
  --card: light-dark(#ffffff, #181b1f);
  --text: light-dark(#1c1f24, #e9ebee);
  --quiet: light-dark(#555c66, #a9b0ba);
  --line: light-dark(#e1e4e9, #30353c);
  --edge: light-dark(#868d97, #737b86);
  --accent: light-dark(#1d5fa8, #8fbef5);
  --on-accent: light-dark(#ffffff, #10131a);
  --note: light-dark(#fdf1e7, #33261a);
}
* { box-sizing: border-box; }
body { margin: 0; padding: 16px 12px 48px; background: var(--ground); color: var(--text); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 24px 20px 32px; background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
main.narrow { max-width: 36rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 12px; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 1.0625rem; margin: 32px 0 8px; }
p { margin: 0 0 16px; max-width: 40rem; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: 8px 0 0; }
.quiet { color: var(--quiet); }
ul.places, ul.mails { list-style: none; margin: 24px 0 0; padding: 0; }
ul.places li, ul.mails li { border-top: 1px solid var(--line); padding: 14px 0; overflow-wrap: anywhere; }
ul.places a, ul.mails a { font-weight: 600; }
ul.places li p, ul.mails li p { margin: 2px 0 0; color: var(--quiet); font-size: .9375rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 10px 16px 10px 0; border-top: 1px solid var(--line); }
th { font-weight: 600; }
thead th { color: var(--quiet); font-size: .875rem; border-top: 0; }
details { border-top: 1px solid var(--line); padding: 12px 0; }
summary { cursor: pointer; font-weight: 600; }
iframe { display: block; border: 1px solid var(--line); border-radius: 12px; background: #ffffff; margin-bottom: 12px; }
form { display: grid; gap: 20px; margin-top: 24px; }
form.row { grid-template-columns: minmax(0, 1fr) auto; gap: 12px; align-items: end; max-width: 36rem; margin-top: 8px; }
label { display: grid; gap: 6px; font-weight: 600; }
label small { font-weight: 400; color: var(--quiet); line-height: 1.4; }
label small:empty { display: none; }
input { font: inherit; font-weight: 400; color: inherit; width: 100%; min-height: 44px; background: transparent; border: 1px solid var(--edge); border-radius: 8px; padding: 8px 12px; }
button { font: inherit; font-weight: 600; justify-self: start; min-height: 44px; padding: 8px 20px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
.problem { background: var(--note); border-radius: 8px; padding: 12px 16px; }
@media (min-width: 48rem) {
  body { padding-top: 48px; }
  main { padding: 44px 52px 52px; }
}
@media (max-width: 40rem) {
  .scroll thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .scroll tr { display: block; border-top: 1px solid var(--line); padding: 10px 0; }
  .scroll th, .scroll td { display: block; border: 0; padding: 1px 0; }
  .scroll td:last-child { color: var(--quiet); font-size: .9375rem; }
}
`;
