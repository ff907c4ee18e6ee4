/** What Lambda loads for the watchdog function; nothing but the handler. */
import { createWatchdog } from "./watchdog";

export const handler = createWatchdog(process.env);
