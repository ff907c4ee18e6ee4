/** The worker function's module for Lambda. Exports only the handler. */
import { createWorker } from "./worker";

export const handler = createWorker(process.env);
