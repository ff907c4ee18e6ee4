/** Which of Stella's channels surveys will name. No API of Stella tells which channels a company has (section 6). */
import { RelayPolicy } from "../../contract/policy";
import { code, type Table } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { notReady, notChecked } = about("channels");

/** Those that Stella has without set-up (docs/vendors/stella-connect-api.md section 4). */
const STELLAS_OWN: readonly string[] = ["phone", "chat", "email"];

export function judgeChannels({ environment }: ReadinessFacts): readonly Item[] {
  if (environment.delivery !== "enrich") {
    return [
      notChecked({
        id: "channels-not-checked",
        seen: `With delivery "${environment.delivery}" Stella itself tells the channel of a conversation, and no API tells which.`,
        remedy: "see in Stella Connect, Company Info, that every channel you use in Gladly is enabled",
      }),
    ];
  }
  const { channels, otherChannel } = RelayPolicy.parse(environment.policy ?? {});
  const used = [...new Set([...Object.values(channels), otherChannel])].filter((channel) => channel !== null);
  if (used.length === 0) {
    return [
      notReady({
        id: "every-channel-left-out",
        seen: "The policy leaves out every channel, so there would be no survey at all.",
        remedy: "name Stella's channels in policy.channels of the environment file",
      }),
    ];
  }
  const own = used.filter((channel) => !STELLAS_OWN.includes(channel));
  const rows: Table["rows"] = [
    ...Object.entries(channels).map(([gladly, stella]) => [gladly, stella ?? "left out"]),
    ["any other", otherChannel ?? "left out"],
  ];
  return [
    notChecked({
      id: "channels-not-checked",
      seen: `No API tells which channels Stella has; surveys will name ${used.sort().map(code).join(", ")}.`,
      ...(own.length === 0
        ? {}
        : { detail: `Not among Stella's usual three: ${own.map(code).join(", ")}. The spelling must be Stella's.` }),
      remedy:
        "see in Stella Connect, Company Info, that each is enabled, and on its Integrations page that it is switched on",
      blocks: [
        { kind: "heading", text: "Channels" },
        { kind: "table", headings: ["in Gladly", "in Stella"], rows },
      ],
    }),
  ];
}
