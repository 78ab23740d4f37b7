/**
 * The graphics processor that TensorFlow.js would take, by the same request.
 *
 * @returns Its adapter; nothing where Deno offers none.
 */
export async function graphicsAdapter(): Promise<GPUAdapter | undefined> {
  hushVulkan();
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? undefined;
}

/** Where no session set this variable, Vulkan's drivers complain of that on standard error. */
function hushVulkan(): void {
  const variable = "XDG_RUNTIME_DIR";
  try {
    if (!Deno.env.get(variable)) Deno.env.set(variable, "/nonexistent");
  } catch {
    // Without the right to set it, they complain.
  }
}
