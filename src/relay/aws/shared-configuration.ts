import * as z from "zod/mini";
import { RelayConfiguration } from "../../contract/relay-configuration";

/**
 * The relay's configuration but for the survey mode, which the worker alone is told (`RELAY_SURVEY_MODE`): going live then
 * changes one function and nothing besides.
 */
export const SharedConfiguration = z.omit(RelayConfiguration, { surveyMode: true });
export type SharedConfiguration = z.infer<typeof SharedConfiguration>;
