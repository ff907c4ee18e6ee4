/**
 * Objects that exist in Gladly and that the environment imports instead of creating them. Terraform imports an object only
 * if it is not in the state yet, so these lines can stay.
 */
import { z } from "zod";
import { SURVEY_MODES } from "../contract/survey-mode";

const id = (what: string) =>
  z
    .string()
    .regex(
      /^[\w-]{1,100}$/,
      `must be Gladly's id of the ${what}; \`npx relay adopt <environment>\` finds it and writes it`,
    );

export const AdoptedSchema = z.strictObject({
  webhook: z
    .strictObject({
      id: id("webhook"),
      /**
       * Which of Stella's keys was entered as its password. Gladly never shows it, so this setting cannot be checked. It
       * counts as password version 1. With a wrong value, surveys go to the wrong recipients.
       */
      key: z.enum(SURVEY_MODES),
    })
    .optional(),
  topic: z.strictObject({ id: id("topic") }).optional(),
});
