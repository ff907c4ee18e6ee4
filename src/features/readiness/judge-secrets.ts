/** Whether every secret that production needs has a value, and what can be told of Stella's keys without reading them. */
import { code } from "../../report/report";
import type { ReadinessFacts, SecretFact } from "./facts";
import { about, type Item } from "./item";

export function judgeSecrets({ secrets }: ReadinessFacts): readonly Item[] {
  const { ready, notReady, notKnown } = about("secrets");
  if (!secrets.known) return [notKnown("secrets-not-known", secrets.why, secrets.remedy)];
  // Delivered `direct` from AWS, the only secret is given at apply and kept nowhere.
  if (secrets.value.length === 0) return [];
  const lacking = secrets.value.filter(({ state }) => state !== "present");
  if (lacking.length > 0) {
    return lacking.map((secret) =>
      notReady({ id: `secret-${secret.state}`, seen: seen(secret), remedy: secret.remedy }),
    );
  }
  return [ready({ id: "secrets", seen: `All ${secrets.value.length} have a value.` })];
}

function seen({ name, state }: SecretFact): string {
  switch (state) {
    case "missing":
      return `The secret ${code(name)} is missing.`;
    case "empty":
      return `The secret ${code(name)} has no value.`;
    case "open-to-others":
      return `The secret ${code(name)} can be read by other users of this machine, so the relay refuses it.`;
    case "present":
      return `The secret ${code(name)} has a value.`;
    default:
      return state satisfies never;
  }
}

/** The key alone decides where surveys go, and nothing but a survey tells which key is which (section 2 and 6). */
export function judgeKey({ keysAreOne, profiles }: ReadinessFacts): readonly Item[] {
  const { notReady, notChecked } = about("production key");
  if (keysAreOne === true) {
    return [
      notReady({
        id: "keys-are-one",
        seen: "The test key and the production key are the same, so one of the two is wrong.",
        detail: "The relay sends nothing with a key that it cannot tell the mode of.",
        remedy: "put each key as Stella Connect's Integrations page names it",
      }),
    ];
  }
  return [
    notChecked({
      id: "key-mode-not-checked",
      seen: "No API tells whether a key is the production key.",
      detail: [
        ...(profiles.known
          ? ["The key that was read with opens Stella's list of employees, so it is one of yours."]
          : []),
        ...(keysAreOne === false ? ["It is not the test key."] : []),
      ].join(" "),
      remedy:
        "compare it with Stella Connect's Integrations page; after going live, see that the first survey reaches a customer",
    }),
  ];
}
