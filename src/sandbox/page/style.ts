/** The page's style sheet. Light and dark by the reader's own setting; one column on a small screen. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#eef0f4, #0e1218);
  --panel: light-dark(#f8f9fb, #151a22);
  --card: light-dark(#ffffff, #1c222d);
  --ink: light-dark(#1b2230, #e6eaf1);
  --quiet: light-dark(#5a6478, #98a3b6);
  --line: light-dark(#dce0e8, #2c3442);
  --good: light-dark(#12714a, #5fd3a0);
  --good-back: light-dark(#dff4ea, #12362a);
  --warn: light-dark(#8a5300, #f1bd6a);
  --warn-back: light-dark(#fdf0d8, #3a2c12);
  --bad: light-dark(#b3261e, #ff9d94);
  --bad-back: light-dark(#fde5e3, #43201d);
  --accent: light-dark(#5b3fd6, #b3a2ff);
  --accent-back: light-dark(#ece8fc, #2c2650);
  --gladly: light-dark(#12855a, #4cc593);
  --relay: light-dark(#5b3fd6, #a996ff);
  --stella: light-dark(#c25e0a, #f0a35a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 system-ui, "Segoe UI", sans-serif; }
h1, h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.4rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; padding: 0.5rem 1rem; background: var(--card); }
.quiet, em { color: var(--quiet); }
.mono { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.8125rem; overflow-wrap: anywhere; }

#bar { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.5rem;
  padding: 0.6rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
.brand { display: flex; align-items: baseline; gap: 0.75rem; }
h1 { font-size: 1.125rem; letter-spacing: -0.01em; }
.clock { display: flex; align-items: center; gap: 0.4rem; margin-left: auto; }
#clock { font-variant-numeric: tabular-nums; font-weight: 600; font-size: 1.0625rem; }
.tools { display: flex; align-items: center; gap: 0.5rem; }
.tools details { position: relative; margin: 0; }
.menu { position: absolute; right: 0; top: calc(100% + 0.5rem); z-index: 6; width: min(24rem, 90vw); padding: 0.9rem;
  display: grid; gap: 0.5rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card);
  box-shadow: 0 12px 32px light-dark(#1b223026, #00000080); }
.menu button { width: 100%; text-align: left; }
nav { display: none; }

main { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; padding: 1rem 1.25rem 3rem; align-items: start; }
.column { padding: 1rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--panel); display: grid; gap: 1.25rem; min-width: 0; }
h2 { display: flex; align-items: center; gap: 0.5rem; font-size: 1.0625rem; }
h3 { display: flex; align-items: center; gap: 0.4rem; margin-bottom: 0.5rem; font-size: 0.8125rem; font-weight: 600;
  color: var(--quiet); }
.dot { width: 0.75rem; height: 0.75rem; border-radius: 50%; }
.dot.gladly { background: var(--gladly); }
.dot.relay { background: var(--relay); }
.dot.stella { background: var(--stella); }
.count { padding: 0 0.45rem; border-radius: 1rem; background: var(--line); color: var(--ink); font-size: 0.75rem; font-weight: 600;
  font-variant-numeric: tabular-nums; }

.cards { display: grid; gap: 0.6rem; }
.card { padding: 0.7rem 0.85rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); display: grid; gap: 0.45rem; min-width: 0; }
.card.closed { background: transparent; border-style: dashed; }
.card.closed strong { color: var(--quiet); }
.row { display: flex; align-items: center; gap: 0.5rem; min-width: 0; }
.row.wrap { flex-wrap: wrap; gap: 0.35rem; }
.row strong { overflow-wrap: anywhere; }
.grow { flex: 1; }
.facts { display: flex; flex-wrap: wrap; gap: 0 0.5rem; color: var(--quiet); font-size: 0.8438rem; }
.facts > span:not(:last-child)::after { content: "·"; margin-left: 0.5rem; }
.facts > span:has(.chip)::after { content: none; }
.empty { color: var(--quiet); padding: 0.1rem 0 0.4rem; }
time { font-variant-numeric: tabular-nums; color: inherit; white-space: nowrap; }
.row > time { color: var(--quiet); font-size: 0.8125rem; }

.chip { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 1rem; font-size: 0.7813rem; font-weight: 600; white-space: nowrap; }
.chip.good { background: var(--good-back); color: var(--good); }
.chip.warn { background: var(--warn-back); color: var(--warn); }
.chip.bad { background: var(--bad-back); color: var(--bad); }
.chip.calm { background: var(--line); color: var(--quiet); }
.chip.accent { background: var(--accent-back); color: var(--accent); }
.tag { display: inline-flex; align-items: center; gap: 0.1rem; padding: 0.1rem 0.55rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: var(--panel); font-size: 0.8125rem; }
.tag.off { color: var(--quiet); text-decoration: line-through; }
.tag button { padding: 0 0.25rem; min-height: 1.5rem; border: 0; background: none; color: var(--quiet); }
.alert { padding: 0.45rem 0.7rem; border-left: 4px solid var(--bad); border-radius: 0.4rem; background: var(--bad-back); font-size: 0.8438rem; }
.alert.calm { border-color: var(--quiet); background: var(--line); }
.mode { color: var(--quiet); }
.mode .chip { margin-right: 0.35rem; }
.stars { color: light-dark(#b97900, #ffc94d); font-size: 1.0625rem; letter-spacing: 0.1em; }

.way { margin-left: 0.4rem; }
.way > li { position: relative; display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); padding: 0 0 0.35rem 1.1rem;
  border-left: 2px solid var(--line); overflow-wrap: anywhere; }
.way > li:last-child { border-color: transparent; padding-bottom: 0; }
.way > li::before { content: ""; position: absolute; left: -0.44rem; top: 0.35rem; width: 0.75rem; height: 0.75rem; border-radius: 50%;
  background: var(--quiet); box-shadow: 0 0 0 3px var(--card); }
.way > li.good::before { background: var(--good); }
.way > li.warn::before { background: var(--warn); }
.way > li.bad::before { background: var(--bad); }
.where { font-weight: 600; }

button, .button { min-height: 2rem; padding: 0.25rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--ink);
  font: inherit; font-size: 0.8438rem; font-weight: 500; text-decoration: none; cursor: pointer; display: inline-flex; align-items: center; }
button:hover, .button:hover { border-color: var(--quiet); }
button.primary { border-color: transparent; background: var(--accent); color: light-dark(#ffffff, #17122e); font-weight: 600; }
button.danger { color: var(--bad); }
button.switch { padding: 0.2rem 0.6rem 0.2rem 2.6rem; position: relative; border-color: transparent; background: none; font-weight: 600; }
button.switch::before { content: ""; position: absolute; left: 0.2rem; top: 50%; translate: 0 -50%; width: 2.1rem; height: 1.15rem; border-radius: 1rem; background: var(--quiet); }
button.switch::after { content: ""; position: absolute; left: 0.35rem; top: 50%; translate: 0 -50%; width: 0.85rem; height: 0.85rem; border-radius: 50%; background: #ffffff; }
button.switch[aria-checked="true"]::before { background: var(--good); }
button.switch[aria-checked="true"]::after { left: 1.3rem; }
form.inline { display: inline-flex; }
form.fields { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin-bottom: 0.5rem; }
label { display: grid; gap: 0.15rem; flex: 1 1 9rem; font-size: 0.8125rem; color: var(--quiet); }
input, select { width: 100%; min-height: 2rem; padding: 0.25rem 0.5rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--ink); font: inherit; }
details { margin: 0.15rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: 0.8438rem; font-weight: 500; width: fit-content; padding: 0.15rem 0.2rem; }
summary:hover { color: var(--ink); }
details[open] > summary { margin-bottom: 0.5rem; }
.tools summary { padding: 0.3rem 0.6rem; border: 1px solid var(--line); border-radius: 0.5rem; color: var(--ink); }
.tools details[open] > summary { margin-bottom: 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; }
th { text-align: left; color: var(--quiet); font-weight: 500; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid var(--line); }

#said { position: fixed; left: 50%; bottom: 1rem; translate: -50% 0; max-width: min(40rem, 92vw); z-index: 8; padding: 0.6rem 1.1rem; border-radius: 0.75rem;
  background: var(--ink); color: var(--paper); box-shadow: 0 8px 24px light-dark(#1b223040, #00000080); }
/* Still there when it is empty: a screen reader announces only what changes in a region it knows. */
#said:empty { padding: 0; box-shadow: none; }
#said.wrong { background: var(--bad); color: light-dark(#ffffff, #2a0a07); }
.lost #clock { color: var(--bad); }

@media (max-width: 70rem) {
  main { grid-template-columns: minmax(0, 1fr); padding: 0.75rem; }
  .brand p { display: none; }
  #bar { padding: 0.5rem 0.75rem; }
  .tools { margin-left: auto; }
  .clock { margin-left: 0; order: 3; flex-basis: 100%; }
  nav { display: flex; gap: 0.5rem; flex-basis: 100%; overflow-x: auto; padding: 0.5rem 0.75rem 0; }
  nav a { flex: 1; padding: 0.4rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--ink); text-align: center; text-decoration: none; white-space: nowrap; }
  .column { scroll-margin-top: 7rem; }
}
@media (prefers-reduced-motion: no-preference) {
  button.switch::before, button.switch::after { transition: left 120ms, background 120ms; }
}
`;
