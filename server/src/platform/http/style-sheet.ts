/** The look of the server's own plain pages: system fonts, one accent, both colour schemes, contrast ≥ 4.5:1. */
export const styleSheet = `:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #16181c);
  --text: light-dark(#1c1f24, #e6e8eb);
  --quiet: light-dark(#555c66, #a4abb5);
  --line: light-dark(#d9dde2, #363b43);
  --accent: light-dark(#1d5fa8, #7db4f0);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 1.125rem; margin: 32px 0 8px; }
p { margin: 0 0 16px; max-width: 40rem; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font: 0.875em ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
ul.places { list-style: none; margin: 0; padding: 0; }
ul.places li { border-top: 1px solid var(--line); padding: 12px 0; }
ul.places li p { margin: 0; color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 8px 16px 8px 0; border-top: 1px solid var(--line); }
th { font-weight: 600; }
form { display: grid; gap: 16px; max-width: 26rem; margin-top: 24px; }
label { display: grid; gap: 4px; font-weight: 600; }
label small { font-weight: 400; color: var(--quiet); }
input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: 4px; padding: 8px; }
button { font: inherit; font-weight: 600; justify-self: start; padding: 8px 16px; border: 0; border-radius: 4px; background: var(--accent); color: var(--ground); cursor: pointer; }
.problem { border-left: 4px solid currentColor; padding-left: 12px; }
`;
