/**
 * An environment that moves: to another Gladly organization, or to another AWS account or Region. Terraform then looks in
 * the new place, finds nothing, and calls the old resources deleted. They are not: they stay where they are and go on.
 */
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";

/** Before and after; undefined where that is not known. */
export interface Moved {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Whether an environment moved from one place to another. */
export function hasMoved({ before, after }: Moved): boolean {
  return before !== undefined && after !== undefined && before !== after;
}

/** @param resources the webhook and the topic, as they were before */
export function organizationLeft({ before = "", after = "" }: Moved, resources: readonly Change[]): Finding {
  const webhook = resources.find(({ type }) => type === "gladly_webhook");
  const url = text(webhook?.before, "url");
  return found("gladly-organization-left", {
    ...(webhook === undefined ? {} : { resource: webhook.address }),
    title: "The environment moves to another Gladly organization: the old webhook and topic stay there",
    detail:
      `It moves from ${code(before)} to ${code(after)}. The old webhook keeps delivering closed conversations` +
      `${url === undefined ? "" : ` to ${code(url)}`}, and Terraform no longer manages it. ` +
      "In the new organization, conversations that close before the apply get no survey.",
    remedy:
      "Disable and delete the webhook in the old organization before the apply. To keep both organizations, add a second environment file instead.",
  });
}

/** `account 111122223333, us-east-1` of a relay on AWS; undefined where a side does not show it. */
export function awsPlaces(changes: readonly Change[]): Moved {
  const of = (side: "before" | "after") => {
    const worker = changes.find(({ key }) => key === "aws_lambda_function.relay_worker");
    const sides = [...(worker === undefined ? [] : [worker]), ...changes.filter(({ type }) => type.startsWith("aws_"))];
    const account = sides.flatMap((change) => ACCOUNT.exec(text(change[side], "role") ?? "")?.[1] ?? [])[0];
    const region = sides.flatMap((change) => text(change[side], "region") ?? [])[0];
    return { account, region };
  };
  const [old, next] = [of("before"), of("after")];
  const differs = (["account", "region"] as const).some(
    (part) => old[part] !== undefined && next[part] !== undefined && old[part] !== next[part],
  );
  const words = ({ account, region }: typeof old) =>
    [account === undefined ? "" : `account ${account}`, region ?? ""].filter(Boolean).join(", ");
  return differs ? { before: words(old), after: words(next) } : { before: undefined, after: undefined };
}

const ACCOUNT = /^arn:aws[a-z-]*:iam::(\d{12}):/;

export function accountChanged({ before = "", after = "" }: Moved): Finding {
  return found("aws-account-changed", {
    title: `The relay moves from ${code(before)} to ${code(after)}: what is in the old place stays there`,
    detail:
      "Terraform no longer sees the old queue, ledger and functions. Events that wait in the old queue are not moved. The new ledger does not know which surveys were sent, so a customer may get a second one.",
    remedy: `Follow "Moving to another account or Region" in docs/aws.md, which keeps the old relay until its queue is empty.`,
  });
}

/**
 * A move to an account, a Region or a machine with an empty state.
 *
 * @param resources the webhook as it is planned in the new place
 * @param organizationToo whether Gladly's organization is another one as well
 */
export function relayLeftBehind(
  { before = "", after = "" }: Moved,
  resources: readonly Change[],
  organizationToo: boolean,
): Finding {
  const webhook = resources.find(({ type }) => type === "gladly_webhook");
  return found("relay-left-behind", {
    ...(webhook === undefined ? {} : { resource: webhook.address }),
    title: `The relay moves from ${code(before)} to ${code(after)}: the old relay stays, and the new one starts empty`,
    detail: `Terraform's state for the new place is empty, so this plan creates everything and removes nothing. The old relay, its queue, ledger and secrets stay. ${between(webhook, organizationToo)} The new ledger does not know which surveys were sent, so a conversation that closes again may get a second survey.`,
    remedy: `Follow "Moving to another account or Region" in docs/aws.md: set the secrets in the new place, import the webhook and the topic so that the webhook moves, apply, and remove the old relay when its queue is empty.`,
  });
}

/** What becomes of conversations that close between the two relays. */
function between(webhook: Change | undefined, organizationToo: boolean): string {
  if (organizationToo) return "The old relay keeps surveying the old organization.";
  if (webhook === undefined) return "";
  return webhook.adopted
    ? "The webhook moves to the new relay in one write, so no close is lost, and the old relay finishes what it accepted."
    : "The old webhook stays too, and both deliver: no close is lost, and customers can get two surveys for one conversation.";
}
