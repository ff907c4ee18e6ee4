/** Which Stella channels the surveys name. No API shows which channels a company has in Stella (section 6). */
import { RelayPolicy } from "../../contract/policy";
import { code, type Table } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { notReady, notChecked } = about("channels");

/** Channels that Stella has without set-up (docs/vendors/stella-connect-api.md section 4). */
const STELLAS_OWN: readonly string[] = ["phone", "chat", "email"];

export function judgeChannels({ environment }: ReadinessFacts): readonly Item[] {
  if (environment.delivery !== "enrich") {
    return [
      notChecked({
        id: "channels-not-checked",
        seen: `With delivery "${environment.delivery}" Stella chooses the channel of a conversation. No API shows which channels it has.`,
        remedy: "check in Stella Connect, Company Info, that every channel that you use in Gladly is enabled",
      }),
    ];
  }
  const { channels, otherChannel } = RelayPolicy.parse(environment.policy ?? {});
  const used = [...new Set([...Object.values(channels), otherChannel])].filter((channel) => channel !== null);
  if (used.length === 0) {
    return [
      notReady({
        id: "every-channel-left-out",
        seen: "The policy excludes every channel, so no survey would be sent.",
        remedy: "name Stella's channels in policy.channels of the environment file",
      }),
    ];
  }
  const own = used.filter((channel) => !STELLAS_OWN.includes(channel));
  const rows: Table["rows"] = [
    ...Object.entries(channels).map(([gladly, stella]) => [gladly, stella ?? "excluded"]),
    ["any other", otherChannel ?? "excluded"],
  ];
  return [
    notChecked({
      id: "channels-not-checked",
      seen: `No API shows which channels Stella has. Surveys will name ${used.sort().map(code).join(", ")}.`,
      ...(own.length === 0
        ? {}
        : {
            detail: `Not one of Stella's three default channels: ${own.map(code).join(", ")}. The spelling must match Stella's.`,
          }),
      remedy: "check in Stella Connect that each is enabled in Company Info and switched on in Integrations",
      blocks: [
        { kind: "heading", text: "Channels" },
        { kind: "table", headings: ["in Gladly", "in Stella"], rows },
      ],
    }),
  ];
}
