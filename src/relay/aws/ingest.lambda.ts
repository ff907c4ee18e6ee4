/** What Lambda loads for the ingest function; nothing but the handler. */
import { createIngest } from "./ingest";

export const handler = createIngest(process.env);
