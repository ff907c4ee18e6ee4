/** Apply and stop, in process: the calls, and the state after failures. */
import { decodeObject, encode } from "../../../src/provider/protocol/rpc/dynamic";
import { applyRequest as apply, CAPABLE, configured, note, noteAttributes } from "../support/notes-provider";

describe("ApplyResourceChange", () => {
  it("passes write-only values and the time limit to the resource, and keeps the values out of the state", async () => {
    const { calls, notes } = await configured();
    const config = note({
      text: "x",
      secret: "s",
      timeouts: { create: "1m30s", read: null, update: null, delete: null },
    });
    const {
      newState,
      private: kept,
      diagnostics,
    } = await calls.applyResourceChange(apply(null, { ...config, secret: null, id: "n1" }, config));
    expect(diagnostics).toEqual([]);
    expect(notes.written).toEqual([{ text: "x", secret: "s", timeout: 90_000 }]);
    expect(decodeObject(noteAttributes, newState)).toMatchObject({ id: "n1", secret: null });
    expect(kept.toString()).toBe("p");
  });

  it.each([
    ["nothing", "before", null, "before anything was made"],
    ["what was made", "after", { id: "n1", text: "after" }, "after it was made"],
    ["what was made", "broken", { id: "n1", text: "broken" }, "a fault of ours"],
  ])("leaves %s in the state when a create fails: %s", async (_what, text, state, detail) => {
    const { calls, logged } = await configured();
    const config = note({ text });
    const { newState, diagnostics } = await calls.applyResourceChange(apply(null, { ...config, id: "n1" }, config));
    const left = decodeObject(noteAttributes, newState);
    if (state === null) expect(left).toBeNull();
    else expect(left).toMatchObject(state);
    expect(diagnostics.map((diagnostic) => diagnostic.detail).join()).toContain(detail);
    if (text === "broken") {
      expect(diagnostics[0]?.summary).toBe("Internal error in the provider notes");
      expect(logged.join()).toContain("TypeError: a fault of ours");
    }
  });

  it("keeps the state when an update or a delete fails", async () => {
    const { calls } = await configured();
    const prior = note({ id: "n1", text: "kept" });
    const update = await calls.applyResourceChange(
      apply(prior, note({ id: "n1", text: "refused" }), note({ text: "refused" })),
    );
    expect(decodeObject(noteAttributes, update.newState)).toEqual(prior);
    const gone = await calls.applyResourceChange(apply(prior, null, null));
    expect(decodeObject(noteAttributes, gone.newState)).toEqual(prior);
    expect([update, gone].map(({ diagnostics }) => diagnostics[0]?.detail)).toEqual(["the update", "the delete"]);
  });
});

describe("StopProvider", () => {
  it("answers at once, starts nothing new, and does not affect the next run", async () => {
    const { calls, session, notes } = await configured();
    expect(calls.stopProvider()).toEqual({ error: "" });
    expect(session.signal.aborted).toBe(true);
    const config = note({ text: "x" });
    const { diagnostics } = await calls.applyResourceChange(apply(null, { ...config, id: "n1" }, config));
    expect(diagnostics[0]?.summary).toBe("Stopped");
    expect(notes.written).toEqual([]);
    await calls.configureProvider({
      terraformVersion: "1.11.4",
      config: encode({ strict: null }),
      clientCapabilities: CAPABLE,
    });
    expect(session.signal.aborted).toBe(false);
  });
});
