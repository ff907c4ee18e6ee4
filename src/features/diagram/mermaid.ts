/** Renders a picture as Mermaid, which GitHub shows in Markdown. */
import type { NodeKind, Picture, PictureNode } from "./picture";

/** The brackets that set a node's shape. */
const SHAPES: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  outside: ["([", "])"],
  endpoint: ["{{", "}}"],
  function: ["[", "]"],
  queue: ["[[", "]]"],
  table: ["[(", ")]"],
  secret: [">", "]"],
  schedule: ["((", "))"],
  alarms: ["[/", "/]"],
};

export function mermaid(picture: Picture): string {
  const known = new Set(picture.nodes.map(({ id }) => id));
  return [
    "---",
    `title: ${picture.title}`,
    "---",
    "flowchart LR",
    ...picture.nodes.map((node) => `  ${node.id}${shape(node)}`),
    ...picture.arrows
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ from, to, label }) => `  ${from} -->|"${escaped(label)}"| ${to}`),
    "",
  ].join("\n");
}

function shape({ kind, label, detail }: PictureNode): string {
  const [open, close] = SHAPES[kind];
  const text = detail === undefined ? escaped(label) : `${escaped(label)}<br/><small>${escaped(detail)}</small>`;
  return `${open}"${text}"${close}`;
}

function escaped(text: string): string {
  return text.replaceAll('"', "#quot;");
}
