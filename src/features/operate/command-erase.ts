/** `relay erase`: deletes what the relay keeps of one customer. */
import { type Command, CommandError, EXIT, stringOption } from "../../cli/command";
import { factsText } from "../../cli/table";
import { homeOf, isOnAws } from "../../environment";
import { erase } from "../../relay/local/erase";
import { openHome } from "../../relay/local/home";
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTION, findEnvironment } from "../shared/open-relay";

export const command: Command = {
  summary: "delete what the relay keeps of one customer",
  usage: "<customer id> [--environment <name>] [--json]",
  help: `
Deletes the customer's events, waiting and parked, and the ledger's records of the customer's conversations.
Run it after you have erased the customer in Gladly and Stella Connect. Before that, the relay can find the same
closes in Gladly's history of 24 hours again.

It looks for Gladly's customer id. The relay keeps no name and no e-mail address: it reads them for each survey and
does not store them. A record from before the relay noted customer ids goes at the end of policy.retentionDays.

Options
${ENVIRONMENT_HELP}
  --json                    One JSON object, for scripts.

Examples
  relay erase mRHpkCe-QKqG3yvFyH62Qw
  relay erase mRHpkCe-QKqG3yvFyH62Qw --environment production
`,
  options: { ...ENVIRONMENT_OPTION, json: { type: "boolean" } },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const customerId = invocation.positionals[0] ?? "";
    if (customerId.length < 4) throw new CommandError("<customer id> must be Gladly's id of the customer.");
    const environment = findEnvironment(stringOption(invocation, "environment") ?? "sandbox", terminal);
    if (isOnAws(environment)) {
      throw new CommandError(
        "on AWS records expire by themselves: events after 14 days, ledger records after policy.retentionDays. " +
          "Erasing one customer's earlier is not supported there yet.",
      );
    }
    const home = openHome(homeOf(environment.name, terminal.env));
    try {
      const erased = await erase(home, customerId);
      terminal.out(
        invocation.values.json
          ? `${JSON.stringify({ environment: environment.name, ...erased }, undefined, 2)}\n`
          : factsText(
              [
                ["events", `${erased.events} deleted`],
                ["records", `${erased.records} deleted`],
                ...(erased.working === 0
                  ? []
                  : [["in work", `${erased.working}: run the command again in a few minutes`] as const]),
              ],
              terminal,
            ),
      );
      return erased.working === 0 ? EXIT.ok : EXIT.failed;
    } finally {
      home.close();
    }
  },
};
