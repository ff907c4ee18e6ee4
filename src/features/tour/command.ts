/** `npm start`: the tour of the whole product on this machine. */
import { type Command, EXIT } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import { jsonText } from "../../contract/json";
import { outputFolder, projectRoot } from "../../contract/locations";
import { homeOf } from "../../environment";
import type { TourFacts } from "./facts";
import { tourOutput } from "./output";
import { giveTour } from "./tour";

export const command: Command = {
  summary: "shows the whole product on this machine, with real Terraform (npm start)",
  usage: "[--json] [--keep]",
  help: `
Starts Gladly, Stella Connect and the relay on this machine, and applies the environment "sandbox" with Terraform. Then it
closes conversations, goes live and back, and repairs drift. It prints what it sees. The exit code is 0 only if it saw every
step happen.

Options
  --json   Print one JSON object. The text of the tour goes to standard error.
  --keep   Leave everything running until Ctrl-C, so that you can try commands.

Examples
  npm start
  npm start -- --json
  npm start -- --keep
`,
  options: { json: { type: "boolean" }, keep: { type: "boolean" } },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const json = invocation.values.json === true;
    const keep = invocation.values.keep === true;
    const colour = !json && terminal.colour;
    const output = tourOutput(json ? terminal.err : terminal.out, colour);
    let done = false;
    try {
      await giveTour({
        project: projectRoot(),
        home: homeOf("sandbox", terminal.env),
        outdir: outputFolder(terminal.env),
        env: terminal.env,
        output,
        signal: terminal.stop,
        keep,
        finished(facts, addresses) {
          done = true;
          if (json) terminal.out(jsonText(facts));
          output.heading(summaryOf(facts));
          if (keep) for (const line of [...addresses, "", ...next(facts)]) output.print(line);
        },
      });
      return EXIT.ok;
    } catch (error) {
      if (done) return EXIT.ok;
      const stopped = terminal.stop.aborted;
      const reason = messageOf(error);
      terminal.err(stopped ? "\nStopped; everything that was started has ended.\n" : `\nThe tour stopped: ${reason}\n`);
      return stopped ? 130 : EXIT.failed;
    }
  },
};

/** Commands to try while everything runs. */
function next({ surveys }: TourFacts): readonly string[] {
  const explain = `npx relay explain ${surveys[0]?.conversation ?? "<conversation>"}`;
  return [
    ["npx cdktf plan sandbox", "says no changes"],
    ["npx cdktf apply sandbox", "after a change of stacks/environments/sandbox.ts"],
    [explain, "why a survey was or was not sent"],
    ["npx cdktf destroy sandbox", "takes everything away again"],
    ["Ctrl-C", "ends Gladly, Stella Connect and the relay"],
  ].map(([command = "", does = ""]) => `${command.padEnd(42)} ${does}`);
}

function summaryOf({ surveys, notSent, duplicatesDropped }: TourFacts): string {
  return (
    `Every step was seen to happen: ${surveys.length} surveys sent, ${notSent.length} conversations without one, ` +
    `${duplicatesDropped} duplicate dropped, drift found and healed.`
  );
}
