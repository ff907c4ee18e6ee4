/** The ingest function's module for Lambda. Exports only the handler. */
import { createIngest } from "./ingest";

export const handler = createIngest(process.env);
