/** The sandbox page's additions to the style of all pages. One column on a small screen. */
import { BASE_STYLE } from "../../page/style";

export const STYLE = `${BASE_STYLE}
:root {
  --gladly: light-dark(#12855a, #4cc593);
  --relay: light-dark(#5138c4, #a996ff);
  --stella: light-dark(#b0540a, #f0a35a);
}
#bar { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.5rem;
  padding: 0.6rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
.brand { display: flex; align-items: baseline; gap: 0.75rem; }
.clock { display: flex; align-items: center; gap: 0.4rem; margin-left: auto; }
#clock { font-variant-numeric: tabular-nums; font-weight: 600; font-size: 1.0625rem; }
.tools { display: flex; align-items: center; gap: 0.5rem; }
.tools details { position: relative; margin: 0; }
.menu { position: absolute; right: 0; top: calc(100% + 0.5rem); z-index: 6; width: min(24rem, 90vw); padding: 0.9rem;
  display: grid; gap: 0.5rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card);
  box-shadow: 0 12px 32px light-dark(#1b223026, #00000080); }
.menu form, .menu button { width: 100%; text-align: left; white-space: normal; }

#flow { grid-column: 1 / -1; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
#changed { padding: 0 0.2rem; color: var(--quiet); font-size: 0.8438rem; overflow-wrap: anywhere; }
.stations { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; }
.stations li { position: relative; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); display: grid; }
.stations li:not(:last-child)::after { content: "→" / ""; position: absolute; right: -0.95rem; top: 50%; translate: 0 -50%; color: var(--quiet); font-weight: 700; }
.stations span { color: var(--quiet); font-size: 0.8438rem; overflow-wrap: anywhere; }
.banner { padding: 0.5rem 0.9rem; border: 2px dashed var(--ink); border-radius: 0.75rem; background: var(--card); font-weight: 600; }
.banner.production { border-style: solid; background: var(--ink); color: var(--card); }
.banner.production .mode { background: var(--card); color: var(--ink); border-color: var(--card); }
.banner.unknown { border: 1px solid var(--line); font-weight: 400; }
.banner .mode { font-size: 0.9375rem; margin-right: 0.35rem; }

.filter { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0 0 0.6rem; padding: 0; border: 0; }
.filter label { flex: none; display: block; position: relative; color: var(--ink); }
.filter input { position: absolute; inset: 0; width: 100%; height: 100%; min-height: 0; opacity: 0; margin: 0; cursor: pointer; }
.filter span { display: block; padding: 0.2rem 0.65rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
.filter input:checked + span { border-color: var(--ink); background: var(--ink); color: var(--card); font-weight: 600; }
.filter input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.nothing { display: none; }
#path:has(#show-survey:checked) .cards > li:not(.survey), #path:has(#show-none:checked) .cards > li:not(.none),
#path:has(#show-waiting:checked) .cards > li:not(.waiting), #path:has(#show-problem:checked) .cards > li:not(.problem) { display: none; }
#path:has(#show-survey:checked):not(:has(li.survey)) .nothing, #path:has(#show-none:checked):not(:has(li.none)) .nothing,
#path:has(#show-waiting:checked):not(:has(li.waiting)) .nothing, #path:has(#show-problem:checked):not(:has(li.problem)) .nothing { display: block; }
.outcome { overflow-wrap: anywhere; }
nav { display: none; }

main { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; padding: 1rem 1.25rem 3rem; align-items: start; }
.stars { color: light-dark(#855600, #ffc94d); font-size: 1.0625rem; letter-spacing: 0.1em; }
.column { padding: 1rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--panel); display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; min-width: 0; }
.dot { width: 0.75rem; height: 0.75rem; border-radius: 50%; }
.dot.gladly { background: var(--gladly); }
.dot.relay { background: var(--relay); }
.dot.stella { background: var(--stella); }

.card.closed { background: transparent; border-style: dashed; }
.card.closed strong { color: var(--quiet); }

.tag { display: inline-flex; align-items: center; gap: 0.1rem; padding: 0.1rem 0.55rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: var(--panel); font-size: 0.8125rem; }
.tag.off { color: var(--quiet); text-decoration: line-through; }
.tag button { padding: 0 0.25rem; min-height: 1.5rem; border: 0; background: none; color: var(--quiet); }

button.switch { padding: 0.2rem 0.6rem 0.2rem 2.6rem; position: relative; border-color: transparent; background: none; font-weight: 600; }
button.switch::before { content: ""; position: absolute; left: 0.2rem; top: 50%; translate: 0 -50%; width: 2.1rem; height: 1.15rem; border-radius: 1rem; background: var(--quiet); }
button.switch::after { content: ""; position: absolute; left: 0.35rem; top: 50%; translate: 0 -50%; width: 0.85rem; height: 0.85rem; border-radius: 50%; background: #ffffff; }
button.switch[aria-checked="true"]::before { background: var(--good); }
button.switch[aria-checked="true"]::after { left: 1.3rem; }
.tools summary { padding: 0.3rem 0.6rem; border: 1px solid var(--line); border-radius: 0.5rem; color: var(--ink); }
.tools details[open] > summary { margin-bottom: 0; }

#message { position: fixed; left: 50%; bottom: 1rem; translate: -50% 0; max-width: min(40rem, 92vw); z-index: 8; padding: 0.6rem 1.1rem; border-radius: 0.75rem;
  background: var(--ink); color: var(--paper); box-shadow: 0 8px 24px light-dark(#1b223040, #00000080); }
/* Kept in the page while empty: a screen reader announces only changes in a region that it knows. */
#message:empty { padding: 0; box-shadow: none; }
#message.wrong { background: var(--bad); color: light-dark(#ffffff, #2a0a07); }
.lost #clock { color: var(--bad); }

@media (max-width: 70rem) {
  main { grid-template-columns: minmax(0, 1fr); padding: 0.75rem; }
  .brand p { display: none; }
  #bar { padding: 0.5rem 0.75rem; }
  .tools { margin-left: auto; }
  .clock { margin-left: 0; order: 3; flex-basis: 100%; }
  .stations { grid-template-columns: minmax(0, 1fr); gap: 1.1rem; }
  .stations li:not(:last-child)::after { content: "↓" / ""; right: 50%; top: auto; bottom: -1.3rem; translate: 50% 0; }
  nav { display: flex; gap: 0.5rem; flex-basis: 100%; overflow-x: auto; padding: 0.5rem 0.75rem 0; }
  nav a { flex: 1; padding: 0.4rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--ink); text-align: center; text-decoration: none; white-space: nowrap; }
  .column { scroll-margin-top: 7rem; }
}
@media (prefers-reduced-motion: no-preference) {
  button.switch::before, button.switch::after { transition: left 120ms, background 120ms; }
}
@media (max-width: 40rem) {
  /* Below the bar and as wide as the bar, wherever the button is. */
  .tools details { position: static; }
  .menu { left: 0.75rem; right: 0.75rem; width: auto; top: 100%; max-height: 70vh; overflow-y: auto; }
  .line > li { grid-template-columns: minmax(0, 1fr) auto; }
  .line > li > :nth-child(2) { grid-row: 2; grid-column: 1 / -1; }
}
`;
