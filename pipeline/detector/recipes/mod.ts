import { exact } from "./exact.ts";
import { google } from "./google.ts";
import { mbari } from "./mbari.ts";
import type { Recipe } from "./recipe.ts";
import { redun } from "./redun.ts";

export type { Recipe } from "./recipe.ts";
export { scoreSignature } from "./google.ts";
export { exact, google, mbari, redun };

/** The recipes by name. */
export const RECIPES: Record<Recipe["name"], Recipe> = { exact, google, mbari, redun };
