/** What an environment file must say so that Terraform imports the existing webhook and topic without changes. */
import type { SurveyMode } from "../../contract/survey-mode";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import type { Environment } from "../../environment";
import type { Chosen } from "./choice";

export interface NeededSetting {
  readonly path: readonly [string] | readonly [string, string];
  readonly value: string | number | Adopted;
}

/** Which Stella key is the webhook's password. */
export type TypedKey = SurveyMode;

export interface Adopted {
  readonly webhook: { readonly id: string; readonly key: TypedKey };
  readonly topic?: { readonly id: string };
}

/** In the order in which a file usually has them; only those that are not so yet. */
export function neededSettings(environment: Environment, { webhook, topic }: Chosen, key: TypedKey): NeededSetting[] {
  const base = webhook.url.endsWith(STELLA_WEBHOOK_PATH)
    ? webhook.url.slice(0, -STELLA_WEBHOOK_PATH.length)
    : environment.stella.url;
  const settings: readonly NeededSetting[] = [
    { path: ["surveyMode"], value: key },
    { path: ["delivery"], value: "direct" },
    { path: ["stella", "url"], value: base },
    { path: ["webhook", "name"], value: webhook.name || environment.webhook.name },
    // The entered password counts as the first version.
    { path: ["webhook", "passwordVersion"], value: 1 },
    { path: ["topic", "name"], value: topic?.name ?? environment.topic.name },
  ];
  const adopted: Adopted = { webhook: { id: webhook.id, key }, ...(topic ? { topic: { id: topic.id } } : {}) };
  return [
    ...settings.filter(({ path, value }) => settingOf(environment, path) !== value),
    { path: ["adopted"], value: adopted },
  ];
}

/** Whether the file has these already. */
export function isAdopted({ adopted }: Environment, { webhook, topic }: Chosen): boolean {
  return adopted?.webhook?.id === webhook.id && (topic === undefined || adopted.topic?.id === topic.id);
}

function settingOf(environment: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
    environment,
  );
}
