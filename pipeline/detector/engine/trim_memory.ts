/**
 * Gives memory that was freed back to the system. ONNX Runtime copies a network's weights while it
 * loads them, and glibc keeps what the copies took: 100 MB a worker of the published detector
 * (docs/speed.md). Systems other than Linux, and C libraries other than glibc, have no such call, and
 * nothing happens there.
 */
export function trimMemory(): void {
  if (Deno.build.os !== "linux") return;
  try {
    const libc = Deno.dlopen("libc.so.6", {
      malloc_trim: { parameters: ["usize"], result: "i32" },
    });
    libc.symbols.malloc_trim(0n);
    libc.close();
  } catch {
    // It is a saving, not a need.
  }
}
