import * as z from "zod/mini";
import { RelayConfiguration } from "../../contract/relay-configuration";

/**
 * The relay's configuration without the survey mode, which only the worker gets (`RELAY_SURVEY_MODE`). So going live changes
 * only one function.
 */
export const SharedConfiguration = z.omit(RelayConfiguration, { surveyMode: true });
export type SharedConfiguration = z.infer<typeof SharedConfiguration>;
