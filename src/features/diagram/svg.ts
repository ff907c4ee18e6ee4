/**
 * Renders a picture as SVG, for pages without Mermaid. An event moves from left to right; everything else is above or below
 * that line. The same picture always gives the same bytes.
 */
import type { NodeKind, Picture, PictureArrow, PictureNode } from "./picture";

/** A box and its centre. */
interface Box {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly row: number;
}

const BOX = { width: 164, height: 62 };
const STEP = { x: 236, y: 118 };
const MARGIN = 28;
const TITLE = 48;

/** Column and row of each node, by its label, else by its kind. */
const SPOTS: Readonly<Record<string, readonly [column: number, row: number]>> = {
  missed: [2, 0],
  schedule: [1, 1],
  watchdog: [2, 1],
  ledger: [4, 1],
  alarms: [5, 1],
  Gladly: [0, 2],
  endpoint: [1, 2],
  ingest: [2, 2],
  main: [3, 2],
  worker: [4, 2],
  "Stella Connect": [5, 2],
  dlq: [3, 3],
};

const COLOURS: Readonly<Record<Exclude<NodeKind, "secret">, string>> = {
  outside: "#6b7280",
  endpoint: "#7c3aed",
  function: "#c2610c",
  queue: "#be185d",
  table: "#1d4ed8",
  schedule: "#be185d",
  alarms: "#be185d",
};

const STYLE = `
  text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #111827; text-anchor: middle }
  .title { font-size: 17px; font-weight: 600; text-anchor: start }
  .label { font-weight: 600 }
  .detail, .note { font-size: 11px; fill: #4b5563 }
  .note { text-anchor: start }
  .arrow { stroke: #6b7280; stroke-width: 1.4; fill: none; marker-end: url(#head) }
  .said { font-size: 11px; fill: #374151; paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
  .box { fill: #ffffff; stroke-width: 1.8 }
  .page { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #f3f4f6 }
    .detail, .note { fill: #9ca3af }
    .said { fill: #d1d5db; stroke: #0d1117 }
    .box { fill: #161b22 }
    .page { fill: #0d1117 }
  }`;

export function svg(picture: Picture): string {
  const secrets = picture.nodes.filter(({ kind }) => kind === "secret");
  const boxes = placed(picture.nodes.filter(({ kind }) => kind !== "secret"));
  const isShown = (id: string) => boxes.some(({ node }) => node.id === id);
  const arrows = picture.arrows.filter(({ from, to }) => isShown(from) && isShown(to));
  const width = Math.max(...boxes.map(({ x }) => x)) + BOX.width / 2 + MARGIN;
  const bottom = Math.max(...boxes.map(({ y }) => y)) + BOX.height / 2;
  const unread = secrets.filter(({ id }) => !picture.arrows.some(({ to }) => to === id));
  const note =
    unread.length === 0 ? undefined : `Secrets that nothing can read: ${unread.map(({ label }) => label).join(", ")}`;
  const height = bottom + MARGIN + (note === undefined ? 0 : 24);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(picture.title)}</title>`,
    `<style>${STYLE}\n</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#6b7280"/></marker></defs>',
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="32">${escaped(picture.title)}</text>`,
    ...arrows.map((arrow) => drawArrow(arrow, boxes)),
    ...boxes.map((box) => drawBox(box, readBy(box.node, picture, secrets))),
    ...(note === undefined
      ? []
      : [`<text class="note" x="${MARGIN}" y="${bottom + MARGIN + 4}">${escaped(note)}</text>`]),
    "</svg>",
    "",
  ].join("\n");
}

/** Places each node, without empty rows at the top. */
function placed(nodes: readonly PictureNode[]): readonly Box[] {
  const spots = nodes.flatMap((node) => {
    const spot = SPOTS[node.label] ?? SPOTS[node.kind];
    if (spot === undefined)
      throw new Error(`the picture has no position for ${node.kind} "${node.label}". Add one to SPOTS`);
    return [{ node, column: spot[0], row: spot[1] }];
  });
  const top = Math.min(...spots.map(({ row }) => row));
  return spots.map(({ node, column, row }) => ({
    node,
    column,
    row,
    x: MARGIN + BOX.width / 2 + column * STEP.x,
    y: TITLE + BOX.height / 2 + (row - top) * STEP.y,
  }));
}

function drawBox({ node, x, y }: Box, reads: readonly string[]): string {
  if (node.kind === "secret") return "";
  const lines = [
    { style: "label", text: node.label },
    ...(node.detail === undefined ? [] : [{ style: "detail", text: shortened(node.detail) }]),
    ...(reads.length === 0 ? [] : [{ style: "detail", text: shortened(`reads ${reads.join(", ")}`) }]),
  ];
  const first = y + 4 - ((lines.length - 1) * 16) / 2;
  return [
    `<rect class="box" stroke="${COLOURS[node.kind]}" x="${x - BOX.width / 2}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="8"/>`,
    ...lines.map(
      ({ style, text }, index) => `<text class="${style}" x="${x}" y="${first + index * 16}">${escaped(text)}</text>`,
    ),
  ].join("\n");
}

/** The secrets that a function reads. They are listed in its box, because more boxes and arrows would hide the main flow. */
function readBy(node: PictureNode, picture: Picture, secrets: readonly PictureNode[]): readonly string[] {
  return secrets
    .filter(({ id }) => picture.arrows.some(({ from, to }) => from === node.id && to === id))
    .map(({ label }) => label);
}

function drawArrow({ from, to, label }: PictureArrow, boxes: readonly Box[]): string {
  const start = boxes.find(({ node }) => node.id === from);
  const end = boxes.find(({ node }) => node.id === to);
  if (start === undefined || end === undefined) return "";
  const between = boxes.some(
    ({ row, column }) =>
      row === start.row &&
      row === end.row &&
      column > Math.min(start.column, end.column) &&
      column < Math.max(start.column, end.column),
  );
  if (between) return below(start, end, label);
  const a = border(start, end);
  const b = border(end, start);
  return said(`M${a.x} ${a.y} L${b.x} ${b.y}`, (a.x + b.x) / 2, (a.y + b.y) / 2 - 7, label);
}

/** An arrow that passes below the boxes in between. */
function below(start: Box, end: Box, label: string): string {
  const y = start.y + STEP.y / 2;
  const from = start.y + BOX.height / 2;
  const path = `M${start.x} ${from} L${start.x} ${y} L${end.x} ${y} L${end.x} ${from + 1}`;
  return said(path, (start.x + 2 * end.x) / 3, y - 4, label);
}

function said(path: string, x: number, y: number, label: string): string {
  const [left, top] = [Math.round(x), Math.round(y)];
  return `<path class="arrow" d="${path}"/>\n<text class="said" x="${left}" y="${top}">${escaped(label)}</text>`;
}

/** Where the line to the centre of another box leaves this one. */
function border(of: Box, towards: Box): { readonly x: number; readonly y: number } {
  const dx = towards.x - of.x;
  const dy = towards.y - of.y;
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : BOX.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : BOX.height / 2 / Math.abs(dy),
  );
  return { x: Math.round(of.x + dx * share), y: Math.round(of.y + dy * share) };
}

function shortened(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
