import assert from "node:assert/strict";
import { trimMemory } from "../../../../pipeline/detector/engine/onnx_worker.ts";

const BLOCKS = 2000;
/** Small enough to come from the heap, which glibc keeps when they are freed. */
const BLOCK_BYTES = 64_000n;

/** Takes and frees 128 MB, all but what lies last: so the heap's end stays where it is. */
function takeAndFree(): void {
  const libc = Deno.dlopen("libc.so.6", {
    calloc: { parameters: ["usize", "usize"], result: "pointer" },
    memset: { parameters: ["pointer", "i32", "usize"], result: "pointer" },
    free: { parameters: ["pointer"], result: "void" },
  });
  const { calloc, memset, free } = libc.symbols;
  const blocks = Array.from({ length: BLOCKS }, () => calloc(1n, BLOCK_BYTES));
  for (const block of blocks) memset(block, 1, BLOCK_BYTES);
  for (const block of blocks.slice(0, -1)) free(block);
  libc.close();
}

Deno.test({
  name: "freed memory is given back to the system",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    takeAndFree();
    const { rss } = Deno.memoryUsage();
    trimMemory();
    assert(rss - Deno.memoryUsage().rss > 100e6);
  },
});
