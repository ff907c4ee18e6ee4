import { duration, startProgress, withProgress } from "../../src/cli/progress";

/** A terminal's last line and all output, with the test's clock. */
const watched = (interactive: boolean) => {
  let time = 0;
  let written = "";
  const terminal = {
    interactive,
    err: (text: string) => {
      written += text;
    },
  };
  const screen = () => {
    // The visible last line: each carriage return overwrites it from the start.
    const line = written.split("\n").at(-1) ?? "";
    return line
      .split("\r")
      .reduce((seen, piece) => piece + seen.slice(piece.length), "")
      .trimEnd();
  };
  return {
    terminal,
    now: () => time,
    pass: (milliseconds: number) => (time += milliseconds),
    screen,
    all: () => written,
  };
};

describe("progress", () => {
  it("redraws one line on a terminal, and clears it at the end", () => {
    const { terminal, now, pass, screen, all } = watched(true);
    const progress = startProgress(terminal, "reading closes", now);
    progress.step({ done: 1200, total: 5000, now: "a conversation with a long name" });
    expect(screen()).toBe("reading closes: 1,200 of 5,000, a conversation with a long name");
    pass(200);
    progress.step({ done: 1300, total: 5000 });
    expect(screen()).toBe("reading closes: 1,300 of 5,000");
    progress.end();
    expect(screen()).toBe("");
    expect(all()).not.toContain("\n");
    expect(all()).not.toContain("\u001b");
  });

  it("limits how often it redraws", () => {
    const { terminal, now, all } = watched(true);
    const progress = startProgress(terminal, "reading", now);
    for (let done = 0; done < 1000; done += 1) progress.step({ done });
    expect(all()).toBe("\rreading: 0");
  });

  it("writes nothing without a terminal", () => {
    const { terminal, now, pass, all } = watched(false);
    const progress = startProgress(terminal, "reading closes", now);
    for (let second = 0; second <= 25; second += 1) {
      progress.step({ done: second * 10, total: 400 });
      progress.step({ now: "a stage" });
      pass(1000);
    }
    progress.end("done");
    expect(all()).toBe("");
  });

  it("estimates the remaining time from the pace so far", () => {
    const { terminal, now, pass, screen } = watched(true);
    const progress = startProgress(terminal, "reading", now);
    pass(1000);
    progress.step({ done: 10, total: 1000 });
    expect(screen()).toBe("reading: 10 of 1,000");
    pass(9000);
    progress.step({ done: 100, total: 1000 });
    expect(screen()).toBe("reading: 100 of 1,000, about 2 min left");
  });

  it("draws each stage of uncounted work at once", () => {
    const { terminal, now, screen } = watched(true);
    const progress = startProgress(terminal, "planning", now);
    for (const stack of ["staging", "staging", "production"]) {
      progress.step({ now: stack });
      expect(screen()).toBe(`planning: ${stack}`);
    }
  });

  it("cuts a line that would wrap, because a wrapped line cannot be redrawn", () => {
    const { terminal, now, screen } = watched(true);
    startProgress(terminal, "reading", now).step({ now: "n".repeat(200) });
    expect([...screen()]).toHaveLength(79);
    expect(screen()).toMatch(/…$/);
  });

  it("ends the line when the work fails", async () => {
    const { terminal, screen, all } = watched(true);
    const work = withProgress(terminal, "planning", async (progress) => {
      progress.step({ now: "staging" });
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(all()).toContain("planning …");
    expect(screen()).toBe("");
  });

  it.each([
    [400, "1 s"],
    [89_000, "89 s"],
    [90_000, "2 min"],
    [3_600_000, "60 min"],
    [7_200_000, "2 h"],
    [7_800_000, "2 h 10 min"],
  ])("formats %d milliseconds as %s", (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});
