import { CachedSecret, LIFETIME } from "../../../src/relay/aws/cached-secret";
import { SecretUnreadable } from "../../../src/relay/ports";

interface Parsed {
  readonly value: string;
}

class Store {
  time = 1_000_000;
  text = "one";
  down = false;
  reads = 0;
  readonly stale: string[] = [];
  readonly secret = new CachedSecret<Parsed>({
    name: "relay/sandbox/inbound",
    read: async () => {
      this.reads += 1;
      if (this.down) throw new Error("Secrets Manager answered 500 (InternalFailure) to GetSecretValue");
      return this.text;
    },
    parse: (text) => {
      if (text === "broken") throw new Error("it is not JSON");
      return { value: text };
    },
    now: () => this.time,
    stale: (name, error) => this.stale.push(`${name}: ${error.message}`),
  });
}

describe("a secret in memory", () => {
  it("is read once within 300 seconds, even by simultaneous callers", async () => {
    const store = new Store();
    const both = await Promise.all([store.secret.get(), store.secret.get()]);
    store.time += LIFETIME - 1;
    expect(await store.secret.get()).toBe(both[0]);
    expect(both[1]).toBe(both[0]);
    expect(store.reads).toBe(1);
  });

  it("is read again afterwards, and stays the same object while its text is unchanged", async () => {
    const store = new Store();
    const first = await store.secret.get();
    store.time += LIFETIME;
    expect(await store.secret.get()).toBe(first);
    expect(store.reads).toBe(2);
    store.text = "two";
    store.time += LIFETIME;
    expect(await store.secret.get()).toEqual({ value: "two" });
  });

  it("is read at once when doubted, unless it was read just before", async () => {
    const store = new Store();
    await store.secret.get();
    store.text = "two";
    store.time += 9_999;
    expect(await store.secret.get(10_000)).toEqual({ value: "one" });
    store.time += 1;
    expect(await store.secret.get(10_000)).toEqual({ value: "two" });
    expect(store.reads).toBe(2);
  });

  it.each([
    ["cannot be read", (store: Store) => (store.down = true)],
    ["is invalid", (store: Store) => (store.text = "broken")],
  ])("returns its older copy with a warning when the new value %s", async (_case, spoil) => {
    const store = new Store();
    await store.secret.get();
    spoil(store);
    store.time += LIFETIME;
    expect(await store.secret.get()).toEqual({ value: "one" });
    expect(store.stale).toEqual([expect.stringContaining("relay/sandbox/inbound: ")]);
    // A store that is down must not delay every caller.
    await store.secret.get();
    expect(store.reads).toBe(2);
    store.down = false;
    store.text = "two";
    store.time += 5_000;
    expect(await store.secret.get()).toEqual({ value: "two" });
  });

  it("fails with its name but not its text when there is no copy", async () => {
    const store = new Store();
    store.text = "broken";
    const failed = store.secret.get();
    await expect(failed).rejects.toThrow(SecretUnreadable);
    await expect(failed).rejects.toThrow("the secret relay/sandbox/inbound cannot be used: it is not JSON");
    store.text = "one";
    expect(await store.secret.get()).toEqual({ value: "one" });
  });
});
