/** What of a preview a reviewer must not miss. The ids are stable. */
import { type Finding, found } from "../../report/finding";
import { code, count } from "../../report/report";
import type { Counts, PreviewSummary } from "./summary";

/** Stella raises an alarm above this share of failed requests in an hour (docs/vendors/stella-connect-api.md section 6). */
const ALARM_SHARE = 0.05;
/** Names in one sentence; the rest is counted. */
const MOST_NAMES = 10;

export function previewFindings(summary: PreviewSummary): readonly Finding[] {
  const { environment } = summary;
  return [
    ...toCustomers(summary),
    ...withoutProfile(summary),
    ...fewerOrMore(summary),
    ...otherContent(summary),
    ...notChecked(summary),
  ].map((finding) => ({ ...finding, environment }));
}

/** What a number of surveys is of. */
function per({ sample }: PreviewSummary): string {
  return sample === null ? "a day" : "of the sample";
}

function toCustomers(summary: PreviewSummary): readonly Finding[] {
  const { present, proposed } = summary;
  if (proposed.surveyMode !== "production" || proposed.surveys === 0 || present?.surveyMode === "production") return [];
  const instead = present === null ? "" : " and no longer to the test address";
  return [
    found("preview-surveys-to-customers", {
      title: `${count(proposed.surveys, "survey")} ${per(summary)} would go to ${count(proposed.customers, "different customer")}${instead}`,
      detail: "By the closes of the last 24 hours.",
    }),
  ];
}

function withoutProfile({ profiles, proposed }: PreviewSummary): readonly Finding[] {
  if (!profiles.checked || profiles.notActive.length === 0) return [];
  const { notActive } = profiles;
  const closes = notActive.reduce((sum, agent) => sum + agent.closes, 0);
  const names = notActive.slice(0, MOST_NAMES).map((one) => `${code(one.agent)} (${one.closes})`);
  const more = notActive.length - names.length;
  const capitals = notActive.filter(({ capitalsDiffer }) => capitalsDiffer).map(({ agent }) => code(agent));
  const would = proposed.delivery === "enrich" ? "would be refused" : "would probably be refused";
  return [
    found("preview-agents-without-profile", {
      title: `${count(closes, "survey")} ${would}: ${count(notActive.length, "agent has", "agents have")} no active profile in Stella`,
      detail: [
        `${names.join(", ")}${more > 0 ? ` and ${count(more, "other")}` : ""}.`,
        ...(capitals.length === 0
          ? []
          : [
              `For ${capitals.join(", ")} Stella has an active profile whose address differs by capitals alone; it may take them.`,
            ]),
        ...alarm(closes, proposed),
      ].join(" "),
      remedy:
        "have their profiles approved in Stella, under the same e-mail address as in Gladly. What was refused until then is " +
        "parked: `relay replay --reason refused-by-stella`",
    }),
  ];
}

function alarm(refused: number, { surveys, outcomes }: Counts): readonly string[] {
  const recorded = outcomes.find(({ outcome }) => outcome.kind === "recorded")?.closes ?? 0;
  const share = refused / (refused + surveys + recorded);
  if (!(share > ALARM_SHARE)) return [];
  return [`That is ${Math.round(share * 100)} % of all requests; above 5 % in an hour Stella raises an alarm.`];
}

function fewerOrMore(summary: PreviewSummary): readonly Finding[] {
  const { present, proposed } = summary;
  if (present === null || present.surveys === proposed.surveys) return [];
  const fewer = present.surveys - proposed.surveys;
  const ofWhich = `${present.surveys.toLocaleString("en-US")} before, ${proposed.surveys.toLocaleString("en-US")} afterwards.`;
  return fewer > 0
    ? [
        found("preview-fewer-surveys", {
          title: `${count(fewer, "survey")} ${per(summary)} would be missing`,
          detail: ofWhich,
        }),
      ]
    : [
        found("preview-more-surveys", {
          title: `${count(-fewer, "survey")} ${per(summary)} would be added`,
          detail: ofWhich,
        }),
      ];
}

function otherContent({ contentChanges }: PreviewSummary): readonly Finding[] {
  if (contentChanges.length === 0) return [];
  const fields = contentChanges.map(({ field, closes }) => `${code(field)} in ${closes.toLocaleString("en-US")}`);
  return [
    found("preview-other-content", {
      title: "Stella would get other content for the same closes",
      detail: `${fields.join(", ")}.`,
    }),
  ];
}

function notChecked({ profiles }: PreviewSummary): readonly Finding[] {
  if (profiles.checked) return [];
  return [
    found("preview-profiles-not-checked", {
      title: "Whether agents have an active profile in Stella was not checked",
      detail: `${profiles.why}.`,
    }),
  ];
}
