/** The watchdog function's module for Lambda. Exports only the handler. */
import { createWatchdog } from "./watchdog";

export const handler = createWatchdog(process.env);
