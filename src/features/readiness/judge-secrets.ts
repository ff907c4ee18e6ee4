/** Whether every secret that production needs has a value, and what is known of Stella's keys. */
import type { FindingId } from "../../report/catalogue";
import { code } from "../../report/report";
import type { ReadinessFacts, SecretFact } from "./facts";
import { about, type Item } from "./item";

export function judgeSecrets({ secrets }: ReadinessFacts): readonly Item[] {
  const { ready, notReady, notKnown } = about("secrets");
  if (!secrets.known) return [notKnown("secrets-not-known", secrets.why, secrets.remedy)];
  // With `direct` on AWS the only secret is passed at apply and stored nowhere.
  if (secrets.value.length === 0) return [];
  const lacking = secrets.value.filter(isLacking);
  if (lacking.length > 0) {
    return lacking.map((secret) => notReady({ id: IDS[secret.state], seen: seen(secret), remedy: secret.remedy }));
  }
  return [ready({ id: "secrets", seen: `All ${secrets.value.length} have a value.` })];
}

type Lacking = SecretFact & { readonly state: Exclude<SecretFact["state"], "present"> };

const IDS = {
  missing: "secret-missing",
  empty: "secret-empty",
  deleted: "secret-deleted",
  "open-to-others": "secret-open-to-others",
} as const satisfies Readonly<Record<Lacking["state"], FindingId>>;

function isLacking(secret: SecretFact): secret is Lacking {
  return secret.state !== "present";
}

function seen({ name, state }: Lacking): string {
  switch (state) {
    case "missing":
      return `The secret ${code(name)} is missing.`;
    case "empty":
      return `The secret ${code(name)} has no value.`;
    case "deleted":
      return `The secret ${code(name)} was deleted. AWS keeps it for 30 days, and the relay cannot read it.`;
    case "open-to-others":
      return `The secret ${code(name)} can be read by other users of this machine, so the relay does not use it.`;
    default:
      return state satisfies never;
  }
}

/** The key alone decides where surveys go, and only a survey shows which key is which (section 2 and 6). */
export function judgeKey({ keysAreOne, profiles }: ReadinessFacts): readonly Item[] {
  const { notReady, notChecked } = about("production key");
  if (keysAreOne === true) {
    return [
      notReady({
        id: "keys-are-one",
        seen: "The test key and the production key are the same, so one of them is wrong.",
        detail: "The relay sends nothing while it cannot tell the keys apart.",
        remedy: "set each key as Stella Connect's Integrations page shows it",
      }),
    ];
  }
  return [
    notChecked({
      id: "key-mode-not-checked",
      seen: "No API shows whether a key is the production key.",
      detail: [
        ...(profiles.known ? ["The key can read Stella's list of employees, so it is one of yours."] : []),
        ...(keysAreOne === false ? ["It is not the test key."] : []),
      ].join(" "),
      remedy:
        "compare it with Stella Connect's Integrations page; after going live, check that the first survey reaches a customer",
    }),
  ];
}
