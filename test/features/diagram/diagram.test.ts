import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentInput } from "../../../src/environment";
import { mermaid } from "../../../src/features/diagram/mermaid";
import { pictureOf } from "../../../src/features/diagram/picture";
import { svg } from "../../../src/features/diagram/svg";
import { environment, integration, json, live } from "../../deploy/stacks/samples";

const picture = (change: Partial<EnvironmentInput> = {}) =>
  pictureOf("production", json(integration(environment("production", change))));

/** Arrows as `from -> to`, by the labels of their ends. */
function arrows(of: ReturnType<typeof picture>): readonly string[] {
  const label = (id: string) => of.nodes.find((node) => node.id === id)?.label ?? `unknown ${id}`;
  return of.arrows.map(({ from, to }) => `${label(from)} -> ${label(to)}`);
}

describe("the picture of an environment", () => {
  it("shows the path of an event from Gladly to Stella", () => {
    expect(arrows(picture())).toEqual(
      expect.arrayContaining([
        "Gladly -> HTTP API",
        "HTTP API -> ingest",
        "ingest -> main",
        "main -> worker",
        "main -> dlq",
        "worker -> dlq",
        "worker -> ledger",
        "worker -> Stella Connect",
        "schedule -> watchdog",
        "watchdog -> main",
      ]),
    );
  });

  it("shows which of Stella's keys can be read, in test mode and when live", () => {
    expect(arrows(picture())).toContain("worker -> stella-test");
    expect(arrows(picture())).not.toContain("worker -> stella-production");
    expect(arrows(picture(live))).toContain("worker -> stella-production");
    expect(arrows(picture(live))).not.toContain("worker -> stella-test");
    expect(svg(picture())).toContain("Secrets that nothing can read: stella-api-secret, stella-production");
  });

  it("has arrows only between shown nodes", () => {
    expect(arrows(picture()).filter((arrow) => arrow.includes("unknown"))).toEqual([]);
  });

  it("shows no look-up in Gladly if the relay only forwards", () => {
    expect(arrows(picture())).toContain("worker -> Gladly");
    expect(arrows(picture({ delivery: "forward" }))).not.toContain("worker -> Gladly");
  });

  it("shows only Gladly and Stella without a relay", () => {
    const direct = picture({ delivery: "direct" });
    expect(arrows(direct)).toEqual(["Gladly -> Stella Connect"]);
    expect(svg(direct)).toContain("Stella Connect");
  });

  it("is drawn as Mermaid with every node and arrow once", () => {
    const { nodes, arrows: all } = picture();
    const lines = mermaid(picture()).trimEnd().split("\n");
    expect(lines.filter((line) => line.includes(" -->|"))).toHaveLength(all.length);
    expect(lines).toHaveLength(4 + nodes.length + all.length);
  });

  it("in the documents is the one of today's stack: else run `relay diagram production --format svg > docs/aws.svg`", () => {
    expect(readFileSync(join(__dirname, "../../../docs/aws.svg"), "utf8")).toBe(svg(picture()));
  });
});
