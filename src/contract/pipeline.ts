/** What pipelines, their roles on AWS and environment files agree on. */

/** Suffix of the GitHub environment for jobs that plan. An environment with such a name would share it with another's plans. */
export const PLAN_ENVIRONMENT_END = "-plan";
