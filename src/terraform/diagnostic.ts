/** An error or warning in Terraform's `-json` output. */
import { z } from "zod";

export const Diagnostic = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  /** The resource that it is about. */
  address: z.string().optional(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;
