/** The same closes split by agent and by channel. */
import { compareTexts } from "../../contract/compare";
import type { Agents } from "./facts";
import type { Line } from "./lines";
import { isSurvey, type PreviewOutcome } from "./outcome";
import type { Share, Tally } from "./summary";

export function byAgent(lines: readonly Line[], agents: Agents): Share[] {
  return shares(lines, ({ facts }) => {
    const id = facts?.agent ?? facts?.eventAgent;
    if (id === undefined) return { key: "", name: "nobody" };
    return { key: id, name: agents.get(id)?.name ?? `${id} (not in Gladly)` };
  });
}

export function byChannel(lines: readonly Line[]): Share[] {
  return shares(lines, ({ facts }) => {
    const name = facts?.conversation?.channel ?? "not known";
    return { key: name, name };
  });
}

function shares(
  lines: readonly Line[],
  group: (line: Line) => { readonly key: string; readonly name: string },
): Share[] {
  const groups = new Map<string, { readonly name: string; readonly lines: Line[] }>();
  for (const line of lines) {
    const { key, name } = group(line);
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { name, lines: [line] });
    else found.lines.push(line);
  }
  return [...groups.values()]
    .map((one) => ({
      name: one.name,
      closes: one.lines.length,
      present: one.lines.every(({ present }) => present === undefined)
        ? null
        : tally(one.lines.flatMap(({ present }) => present?.outcome ?? [])),
      proposed: tally(one.lines.map(({ proposed }) => proposed.outcome)),
    }))
    .sort((one, other) => other.closes - one.closes || compareTexts(one.name, other.name));
}

function tally(outcomes: readonly PreviewOutcome[]): Tally {
  const of = (kind: PreviewOutcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    surveys: outcomes.filter(isSurvey).length,
    recorded: of("recorded"),
    leftToStella: of("left-to-stella"),
    refused: of("refused"),
    skipped: of("skipped"),
    parked: of("parked"),
  };
}
