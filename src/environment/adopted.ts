/**
 * What was made in Gladly by hand and is taken over as it is. The stack of an environment that names it imports it
 * instead of making it. Terraform imports an object only until it is in the state, so these lines may stay.
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
       * Which of Stella's keys a person typed as its password. Gladly never tells, so what is written here is believed, and
       * counts as password version 1. A wrong word would leave surveys going where nobody expects them.
       */
      key: z.enum(SURVEY_MODES),
    })
    .optional(),
  topic: z.strictObject({ id: id("topic") }).optional(),
});
