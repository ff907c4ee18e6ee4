/** What Lambda loads for the worker function; nothing but the handler. */
import { createWorker } from "./worker";

export const handler = createWorker(process.env);
