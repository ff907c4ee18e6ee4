/**
 * The style of all pages: light or dark by the reader's setting, text contrast of at least 4.5 to 1, and no information by
 * colour alone.
 */
export const BASE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#eef0f4, #0e1218);
  --panel: light-dark(#f8f9fb, #151a22);
  --card: light-dark(#ffffff, #1c222d);
  --ink: light-dark(#1b2230, #e6eaf1);
  --quiet: light-dark(#4d576a, #a9b3c5);
  --line: light-dark(#dce0e8, #2c3442);
  --good: light-dark(#0f6340, #5fd3a0);
  --good-back: light-dark(#dff4ea, #12362a);
  --warn: light-dark(#7a4900, #f1bd6a);
  --warn-back: light-dark(#fdf0d8, #3a2c12);
  --bad: light-dark(#a32219, #ff9d94);
  --bad-back: light-dark(#fde5e3, #43201d);
  --accent: light-dark(#5138c4, #b3a2ff);
  --accent-back: light-dark(#ece8fc, #2c2650);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 system-ui, "Segoe UI", sans-serif; }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.4rem; }
a { color: var(--accent); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; padding: 0.5rem 1rem; background: var(--card); }
/* For screen readers only. */
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet, em { color: var(--quiet); }
.mono { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.8125rem; overflow-wrap: anywhere; }
h1 { font-size: 1.125rem; letter-spacing: -0.01em; }
h2 { display: flex; align-items: center; gap: 0.5rem; font-size: 1.0625rem; }
h3 { display: flex; align-items: center; gap: 0.4rem; margin-bottom: 0.5rem; font-size: 0.8125rem; font-weight: 600; color: var(--quiet); }
.count { padding: 0 0.45rem; border-radius: 1rem; background: var(--line); color: var(--ink); font-size: 0.75rem; font-weight: 600;
  font-variant-numeric: tabular-nums; }
.cards { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
.card { padding: 0.7rem 0.85rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.45rem; }
.row { display: flex; align-items: center; gap: 0.5rem; min-width: 0; }
.row.wrap { flex-wrap: wrap; gap: 0.35rem; }
.row strong { overflow-wrap: anywhere; }
.grow { flex: 1; }
.facts { display: flex; flex-wrap: wrap; gap: 0 0.5rem; color: var(--quiet); font-size: 0.8438rem; overflow-wrap: anywhere; }
.facts > span:not(:last-child)::after { content: "·"; margin-left: 0.5rem; }
.facts > span:has(.chip)::after { content: none !important; }
.empty { color: var(--quiet); padding: 0.1rem 0 0.4rem; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.row > time { color: var(--quiet); font-size: 0.8125rem; }
.chip { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 1rem; font-size: 0.7813rem; font-weight: 600; }
.chip.good { background: var(--good-back); color: var(--good); }
.chip.warn { background: var(--warn-back); color: var(--warn); }
.chip.bad { background: var(--bad-back); color: var(--bad); }
.chip.calm { background: var(--line); color: var(--ink); }
.chip.accent { background: var(--accent-back); color: var(--accent); }
/* Test and production must be easy to distinguish for everyone, also in print: a dashed outline and a solid block. */
.mode { display: inline-block; padding: 0 0.5rem; border: 2px dashed var(--ink); border-radius: 0.3rem; color: var(--ink); font-size: 0.75rem;
  font-weight: 700; letter-spacing: 0.06em; text-transform: uppercase; white-space: nowrap; }
.mode.production { border-style: solid; background: var(--ink); color: var(--card); }
.alert { padding: 0.45rem 0.7rem; border-left: 4px solid var(--bad); border-radius: 0.4rem; background: var(--bad-back); font-size: 0.8438rem; overflow-wrap: anywhere; }
.alert.calm { border-color: var(--quiet); background: var(--line); }
button, .button { min-height: 2rem; padding: 0.25rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--ink);
  font: inherit; font-size: 0.8438rem; font-weight: 500; text-decoration: none; white-space: nowrap; cursor: pointer; display: inline-flex; align-items: center; }
button:hover, .button:hover { border-color: var(--quiet); }
button.primary { border-color: transparent; background: var(--accent); color: light-dark(#ffffff, #17122e); font-weight: 600; }
button.danger { color: var(--bad); }
form.inline { display: inline-flex; }
form.inline, button { flex: none; }
form.fields { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin-bottom: 0.5rem; }
label { display: grid; gap: 0.15rem; flex: 1 1 9rem; font-size: 0.8125rem; color: var(--quiet); }
input, select, textarea { width: 100%; min-height: 2rem; padding: 0.25rem 0.5rem; border: 1px solid var(--quiet); border-radius: 0.5rem; background: var(--card); color: var(--ink); font: inherit; }
details { margin: 0.15rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: 0.8438rem; font-weight: 500; width: fit-content; padding: 0.15rem 0.2rem; }
summary:hover { color: var(--ink); }
details[open] > summary { margin-bottom: 0.5rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; }
th { text-align: left; color: var(--quiet); font-weight: 500; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }

/* A timeline. The sign in each dot has the same meaning as its colour. */
.line { margin-left: 0.5rem; }
.line > li { position: relative; display: grid; grid-template-columns: 5.2rem minmax(0, 1fr) auto; column-gap: 0.6rem; padding: 0 0 0.45rem 1.3rem;
  border-left: 2px solid var(--line); overflow-wrap: anywhere; }
.line > li:last-child { border-color: transparent; padding-bottom: 0; }
.line > li::before { content: "·" / ""; position: absolute; left: -0.56rem; top: 0.2rem; width: 1rem; height: 1rem; border-radius: 50%;
  background: var(--quiet); color: var(--card); font-size: 0.6875rem; font-weight: 700; line-height: 1rem; text-align: center; }
.line > li.good::before { content: "✓" / ""; background: var(--good); }
.line > li.warn::before { content: "…" / ""; background: var(--warn); }
.line > li.bad::before { content: "!" / ""; background: var(--bad); }
.line .where { font-weight: 600; }
.line time { color: var(--quiet); font-size: 0.8125rem; }
`;
