/** `relay diagram`: draws an environment on AWS as it would be deployed. */

import { chosenFrom } from "../../cli/choice";
import { type Command, EXIT, stringOption } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { jsonText } from "../../contract/json";
import { findAwsEnvironment } from "../shared/open-relay";
import { synthesized } from "../shared/synthesized";
import { mermaid } from "./mermaid";
import { type Picture, pictureOf } from "./picture";
import { svg } from "./svg";

const FORMAT_NAMES = ["mermaid", "svg", "json"] as const;
const FORMATS: Readonly<Record<(typeof FORMAT_NAMES)[number], (picture: Picture) => string>> = {
  mermaid,
  svg,
  json: (picture) => jsonText(picture),
};

export const command: Command = {
  summary: "draws an environment on AWS, from its stack",
  usage: "<environment> [--format mermaid|svg|json]",
  help: `
Draws what an environment would deploy: what triggers each function, and what its policy allows. It reads the synthesized
stack, so the picture always matches the code.

Options
  --format <name>  mermaid, svg or json. [mermaid]

Examples
  relay diagram production
  relay diagram production --format svg > docs/production.svg
`,
  options: { format: { type: "string" } },
  choices: { format: FORMAT_NAMES },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const name = invocation.positionals[0] ?? "";
    const format = stringOption(invocation, "format") ?? "mermaid";
    const draw = FORMATS[chosenFrom("--format", format, FORMAT_NAMES)];
    findAwsEnvironment(name, terminal, ": there is nothing on AWS to draw.");
    terminal.out(
      draw(
        pictureOf(name, await withProgress(terminal, `synthesizing ${name}`, () => synthesized(name, terminal.env))),
      ),
    );
    return EXIT.ok;
  },
};
