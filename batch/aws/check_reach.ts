import { MegapteraError } from "../../core/mod.ts";
import { StackClient } from "./stack_client.ts";
import { STACK } from "./stack_name.ts";

/**
 * Refuses an output that jobs on AWS can't write to.
 *
 * @param out The output.
 * @param queue The queue; only of the stack's own is known what its jobs may.
 * @param region The region.
 * @throws {MegapteraError} `configuration` where it is a folder, or beside the only one of the
 * bucket that jobs of the stack may write to.
 */
export async function checkReach(
  out: string,
  queue: string,
  region: string | undefined,
): Promise<void> {
  if (!out.startsWith("s3://")) {
    throw new MegapteraError(
      "configuration",
      `Cannot write to ${out} from AWS as its machines can't reach it: name a bucket with --out ` +
        "s3://bucket/prefix.",
    );
  }
  if (queue !== STACK) return;
  const stack = new StackClient(region);
  try {
    const outputs = (await stack.find())?.Outputs ?? [];
    const own = outputs.find(({ OutputKey }) => OutputKey === "Output")?.OutputValue;
    if (own === undefined || `${out}/`.startsWith(`${own}/`)) return;
    throw new MegapteraError(
      "configuration",
      `Cannot write to ${out} as jobs of the stack ${STACK} may write below ${own} and nowhere else: ` +
        "name that with --out, or set up again with --prefix.",
    );
  } finally {
    await stack.close();
  }
}
