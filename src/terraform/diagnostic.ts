/** An error or a warning, as Terraform prints it with `-json`. */
import { z } from "zod";

export const Diagnostic = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  /** The resource that it is about. */
  address: z.string().optional(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;
