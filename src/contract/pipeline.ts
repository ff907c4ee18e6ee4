/** What pipelines, their roles on AWS and environment files agree on. */

/** How the GitHub environment of jobs that plan ends. An environment of that name would share it with another's plans. */
export const PLAN_ENVIRONMENT_END = "-plan";
