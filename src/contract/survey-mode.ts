/**
 * Which of Stella Connect's two keys an environment uses. Only the key decides where surveys go: `test` sends all of them to
 * the company's test address and collects no answers, `production` sends them to customers.
 */
export const SURVEY_MODES = ["test", "production"] as const;
/** `test`: surveys go to the company's test address. `production`: surveys go to customers. */
export type SurveyMode = (typeof SURVEY_MODES)[number];
