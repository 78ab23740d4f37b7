import { z } from "zod";

const lineSchema = z.object({
  event: z.string(),
  hour: z.string().optional(),
  state: z.string().optional(),
  notes: z.array(z.string()).optional(),
  message: z.string().optional(),
  exit_code: z.int().optional(),
});

/** What of a worker's log line says how its share went. */
export type LogLine = z.infer<typeof lineSchema>;

/** Reads a log line of a worker; nothing where it was cut, or is another program's. */
export function parseLogLine(line: string): LogLine | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
