/**
 * A preview in numbers: what `relay preview --json` writes and `relay review --preview` reads. It holds agents' names and
 * no customer: no id, no address, no name of one.
 */
import { z } from "zod";
import { DELIVERIES } from "../../contract/delivery";
import { SURVEY_MODES } from "../../contract/survey-mode";
import { PreviewOutcome } from "./outcome";

const Closes = z.int().min(0);

const Tally = z.object({
  surveys: Closes,
  recorded: Closes,
  leftToStella: Closes,
  refused: Closes,
  skipped: Closes,
  parked: Closes,
});
export type Tally = Readonly<z.infer<typeof Tally>>;

const Counts = z.object({
  surveyMode: z.enum(SURVEY_MODES),
  delivery: z.enum(DELIVERIES),
  /** Each outcome that occurred; together they are all closes. */
  outcomes: z.array(z.object({ outcome: PreviewOutcome, closes: Closes })),
  /** Closes with a survey; with `direct` and `forward` an estimate. */
  surveys: Closes,
  /** Different customers with a survey, by e-mail address. */
  customers: Closes,
});
export type Counts = Readonly<z.infer<typeof Counts>>;

/** One line of a table: the same closes under both configurations. */
const Share = z.object({
  name: z.string(),
  closes: Closes,
  present: Tally.nullable(),
  proposed: Tally,
});
export type Share = Readonly<z.infer<typeof Share>>;

const Profiles = z.discriminatedUnion("checked", [
  z.object({
    checked: z.literal(true),
    /** Agents of these closes without an active profile, those with the most closes first. */
    notActive: z.array(
      z.object({
        agent: z.string(),
        closes: Closes,
        /** Stella has an active profile whose address differs by capitals alone. */
        capitalsDiffer: z.boolean(),
      }),
    ),
  }),
  z.object({ checked: z.literal(false), why: z.string() }),
]);
export type Profiles = Readonly<z.infer<typeof Profiles>>;

export const PreviewSummary = z.object({
  version: z.literal(1),
  kind: z.literal("preview"),
  environment: z.string(),
  /** What the present configuration was read from; null when only the proposed one is there. */
  base: z.object({ ref: z.string(), commit: z.string() }).nullable(),
  /** Why there is no present configuration; null when there is one. */
  baseMissing: z.string().nullable(),
  window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** Closes that were judged: what all counts below add up to. */
  closes: Closes,
  /** Events of a close that was already counted. */
  duplicates: Closes,
  /** Judged as closed although the conversation was opened again later. */
  reopenedSince: Closes,
  /** The newest closes only; null when all were read. All counts are then of the sample. */
  sample: z.object({ closes: Closes, of: Closes }).nullable(),
  profiles: Profiles,
  present: Counts.nullable(),
  proposed: Counts,
  /** Closes whose outcome is another one, the largest group first. */
  changes: z.array(z.object({ from: PreviewOutcome, to: PreviewOutcome, closes: Closes })),
  /** Closes with the same outcome, wherever the survey goes, whose request differs: by the field of Stella's request. */
  contentChanges: z.array(z.object({ field: z.string(), closes: Closes })),
  byAgent: z.array(Share),
  byChannel: z.array(Share),
});
export type PreviewSummary = Readonly<z.infer<typeof PreviewSummary>>;
