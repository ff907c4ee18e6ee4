/** Plays a batch of cases in all sandboxes, step by step. */
import { DO_NOT_SEND } from "../features/preview/day";
import type { Case } from "./cases";
import { AGENTS } from "./scenario";
import type { Delivery, Side } from "./side";

export type Sides = Readonly<Record<Delivery, Side>>;

/** A case with the id of its conversation. */
export interface Numbered {
  readonly id: string;
  readonly given: Case;
}

const WEEKS = 20 * 86_400_000;
const NEW_STATUS = "opened again and closed, with a status that is new";

/** Plays a batch, so that no decision of a relay depends on how busy this machine is. */
export async function play(batch: readonly Numbered[], sides: Sides): Promise<void> {
  await Promise.all(Object.values(sides).map((side) => playIn(side, batch)));
}

async function playIn(side: Side, batch: readonly Numbered[]): Promise<void> {
  const each = async (which: (given: Case) => boolean, act: (one: Numbered) => Promise<unknown>) => {
    for (const one of batch) if (which(one.given)) await act(one);
  };
  const open = ({ id, given }: Numbered) => side.open(id, given);
  const close = ({ id, given }: Numbered) => side.close(id, given.closedBy);
  await playMissed(side, each, open, close);
  // The clock moves forward once for all cases. Silent customers wrote before that.
  await each(({ silent }) => silent, open);
  await side.advance(WEEKS);
  await each(({ silent, missed }) => !silent && missed === "no", open);
  const closeAll = () =>
    each(
      ({ missed }) => missed === "no",
      async (one) => {
        if (one.given.afterwards === "the do-not-send topic is added") await side.addTopic(one.id, DO_NOT_SEND);
        await close(one);
      },
    );
  await side.sendMalformed();
  if (side.waits) {
    // The relay reads the conversation after all events that can cancel the survey.
    await side.pause(true);
    await closeAll();
    await side.delivered();
  } else {
    await side.withoutKeys(closeAll);
    await side.settled();
  }
  await side.advance();
  await each(
    ({ afterwards }) => afterwards === "the event is delivered once more",
    ({ id }) => side.redeliver(id),
  );
  await each(
    ({ afterwards }) => afterwards === "an agent writes once more",
    ({ id }) => side.write(id),
  );
  await each(
    ({ afterwards }) => afterwards.startsWith("opened again"),
    ({ id }) => side.reopen(id),
  );
  await side.pause(false);
  await side.settled();
  await side.advance();
  await each(
    ({ afterwards }) => afterwards.startsWith("opened again") && afterwards.endsWith("closed"),
    async ({ id, given }) => {
      const another = given.afterwards.includes("another agent");
      if (another) await side.assign(id, given.inbox, AGENTS.three);
      await side.close(id, another ? "agent" : given.closedBy);
    },
  );
  await side.settled();
  await side.advance();
  if (batch.some(({ given }) => given.afterwards === NEW_STATUS)) await side.renameStatus();
  await each(({ afterwards }) => afterwards === NEW_STATUS, close);
  await side.settled();
}

/** Plays closes that Gladly does not deliver. The relay fetches them from Gladly's history, some after a later close. */
async function playMissed(
  side: Side,
  each: (which: (given: Case) => boolean, act: (one: Numbered) => Promise<unknown>) => Promise<void>,
  open: (one: Numbered) => Promise<unknown>,
  close: (one: Numbered) => Promise<unknown>,
): Promise<void> {
  await side.switchWebhook(false);
  await each(
    ({ missed }) => missed !== "no",
    async (one) => {
      await open(one);
      await close(one);
    },
  );
  await side.switchWebhook(true);
  await side.advance();
  await each(
    ({ missed }) => missed === "fetched after the next close",
    async (one) => {
      await side.reopen(one.id);
      await close(one);
    },
  );
  await side.settled();
  await side.fetchMissed();
  await side.settled();
}
