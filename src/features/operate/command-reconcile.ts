/** `relay reconcile`: finds closes in Gladly's history that were never delivered. */

import { type Command, CommandError, EXIT, stringOption, type Terminal } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { factsText } from "../../cli/table";
import { writeAnswer } from "../../cli/write-answer";
import { homeOf, isOnAws } from "../../environment";
import { openLocalStores, systemChance, systemClock } from "../../relay/local/stores";
import { gladlyOf } from "../../relay/local/upstreams";
import { type Reconciled, reconcile } from "../../relay/reconcile";
import { findEnvironment, OPERATOR_HELP, OPERATOR_OPTIONS } from "../shared/open-relay";

const HOUR = 3_600_000;

export const command: Command = {
  summary: "finds closes in Gladly's 24-hour history that were never delivered",
  usage: "[--hours <number>] [--lost-ledger] [--environment <name>] [--json]",
  help: `
Looks in Gladly's history for closes that never reached the relay, and queues them. The relay itself does this every five
minutes. This command can look back further, and prints what it found. It ignores closes from before Gladly's webhook
pointed to the relay, because Stella Connect received those.

Options
  --hours <number>          How far to look back, at most 24. [since the last look]
  --lost-ledger             Also take closes from before this ledger began, up to 24 hours back. Use it when the
                            database was lost. Risk: customers who got a survey in that time may get another.
${OPERATOR_HELP}

Examples
  relay reconcile
  relay reconcile --hours 24
  relay reconcile --hours 6 --lost-ledger
`,
  options: {
    ...OPERATOR_OPTIONS,
    hours: { type: "string" },
    "lost-ledger": { type: "boolean" },
  },
  positionals: { min: 0, max: 0 },
  async run(invocation, terminal) {
    const lostLedger = invocation.values["lost-ledger"] === true;
    const hours = hoursOption(stringOption(invocation, "hours")) ?? (lostLedger ? 24 : undefined);
    const environment = findEnvironment(stringOption(invocation, "environment") ?? "sandbox", terminal);
    if (isOnAws(environment)) {
      throw new CommandError(
        "on AWS the watchdog function does this. To run it now: aws lambda invoke " +
          `--region ${environment.relay.region} --function-name relay-${environment.name}-watchdog:live /dev/stdout`,
      );
    }
    const result = await withProgress(terminal, "reading Gladly's history", () =>
      look(homeOf(environment.name, terminal.env), { hours, lostLedger }, terminal),
    );
    writeAnswer(invocation, terminal, result, () => factsText(describe(result), terminal));
    return EXIT.ok;
  },
};

/** The same look as the running relay's, on the same ledger and queue. The relay then processes what it finds. */
async function look(
  path: string,
  { hours, lostLedger }: { readonly hours: number | undefined; readonly lostLedger: boolean },
  terminal: Terminal,
): Promise<Reconciled> {
  const home = openLocalStores(path);
  try {
    const configuration = home.configuration.read();
    return await reconcile(
      {
        configuration,
        installation: home.configuration.installation(),
        gladly: gladlyOf(configuration, home.secrets),
        ledger: home.ledger,
        queue: home.queue,
        clock: systemClock,
        chance: systemChance,
        metrics: { count: () => undefined, observe: () => undefined },
        log: (level, event, fields) => {
          if (level !== "info") terminal.err(`${level}: ${event} ${JSON.stringify(fields ?? {})}\n`);
        },
      },
      hours === undefined ? undefined : systemClock.now() - hours * HOUR,
      { lostLedger },
    );
  } finally {
    home.close();
  }
}

function hoursOption(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const hours = Number(value);
  if (hours > 0 && hours <= 24) return hours;
  throw new CommandError(
    `--hours takes a number above 0, up to 24: Gladly keeps no older events. You gave "${value}".`,
  );
}

const WEBHOOK_STATES: Readonly<Record<Reconciled["webhook"], string>> = {
  on: "on",
  off: "switched off by a person: nothing is delivered. Switch it on with `npx cdktf apply`",
  "off-by-gladly": "switched off by Gladly after the fourth failed retry. Switch it on with `npx cdktf apply`",
  missing: "missing in Gladly. Create it with `npx cdktf apply`",
  stella: "points to Stella Connect itself: nothing to find, because Stella gets every close",
};

function describe({
  from,
  to,
  closes,
  enqueued,
  beyondReach,
  webhook,
  begin,
}: Reconciled): (readonly [string, string])[] {
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return [
    ["period", `${iso(from)} to ${iso(Math.max(from, to))}`],
    ["closes there", String(closes)],
    ["not known before", `${enqueued}, now waiting to be processed`],
    ["webhook", WEBHOOK_STATES[webhook]],
    ...(webhook === "stella"
      ? []
      : [
          [
            "the relay's time",
            begin === undefined
              ? "has not begun: no PING and no event has arrived yet, so nothing was read"
              : `since ${iso(begin)}: earlier closes are ignored`,
          ] as const,
        ]),
    ...(beyondReach
      ? [["beyond reach", "part of the time is more than 24 hours ago: its closes cannot be found"] as const]
      : []),
  ];
}
