/** `relay erase`: deletes what the relay keeps about one customer. */
import { type Command, CommandError, EXIT } from "../../cli/command";
import { factsText } from "../../cli/table";
import { writeAnswer } from "../../cli/write-answer";
import type { Erased } from "../../relay/erase";
import { OPERATOR_HELP, OPERATOR_OPTIONS, withRelay } from "../shared/open-relay";

export const command: Command = {
  summary: "deletes what the relay keeps about one customer",
  usage: "<customer id> [--environment <name>] [--json]",
  help: `
Deletes the customer's events, waiting and parked, and the ledger's records of the customer's conversations.
First erase the customer in Gladly and Stella Connect. Otherwise the relay can find the same closes again in Gladly's
history of 24 hours.

It looks for Gladly's customer id. The relay does not store names and e-mail addresses: it reads them for each survey.
Records from versions that did not store customer ids expire after policy.retentionDays.

On AWS it reads both queues from end to end. The relay processes nothing during that time, about a second for 300 events.
Use a role with the policy that docs/aws.md shows. The operator's policy does not allow it.

The exit code is 1 while the relay is processing an event of the customer. Then run the command again.

Options
${OPERATOR_HELP}

Examples
  relay erase mRHpkCe-QKqG3yvFyH62Qw
  relay erase mRHpkCe-QKqG3yvFyH62Qw --environment production
`,
  options: OPERATOR_OPTIONS,
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const customerId = invocation.positionals[0] ?? "";
    if (customerId.length < 4) throw new CommandError("<customer id> must be Gladly's id of the customer.");
    return withRelay(
      invocation,
      terminal,
      async ({ environment, erase }) => {
        const erased = await erase(customerId);
        const result = { environment: environment.name, ...erased };
        writeAnswer(invocation, terminal, result, () => factsText(describe(erased), terminal));
        return erased.working === 0 ? EXIT.ok : EXIT.failed;
      },
      "erasure",
    );
  },
};

function describe({ events, records, working, unseen = 0 }: Erased): readonly (readonly [string, string])[] {
  return [
    ["events", `${events} deleted`],
    ["records", `${records} deleted`],
    ...(working === 0
      ? []
      : [
          [
            "in work",
            `${working}, not deleted: a worker has them or they wait for a retry. Run the command again later`,
          ] as const,
        ]),
    ...(unseen === 0
      ? []
      : [
          [
            "not read",
            `about ${unseen} events of any customer that SQS hides while they are processed or wait for a retry. Run the command again later`,
          ] as const,
        ]),
  ];
}
