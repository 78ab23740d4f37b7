import type { Light, LightSpan } from "../sun/mod.ts";

/** 0 for each class of light. */
export function none(): Record<Light, number> {
  return { night: 0, dawn: 0, day: 0, dusk: 0 };
}

/** Seconds in each class of light. */
export function lightSeconds(spans: readonly LightSpan[]): Record<Light, number> {
  const seconds = none();
  for (const { startMs, stopMs, light } of spans) seconds[light] += (stopMs - startMs) / 1000;
  return seconds;
}
