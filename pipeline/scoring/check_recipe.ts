import { MegapteraError } from "../../core/mod.ts";
import type { Detector, Recipe } from "../detector/mod.ts";

/**
 * Refuses a recipe that a detector can't be run by: the published ways of running the humpback
 * detector are that network's own.
 *
 * @param detector The detector.
 * @param recipe The recipe that was asked for.
 * @throws {MegapteraError} `usage` where it is none of the detector's.
 */
export function checkRecipe(
  { name, recipes }: Pick<Detector, "name" | "recipes">,
  recipe: Pick<Recipe, "name">,
): void {
  if (recipes.includes(recipe.name)) return;
  throw new MegapteraError(
    "usage",
    `Cannot run ${name} by the recipe ${recipe.name} as that is a published way of running the ` +
      `humpback detector: choose --recipe ${recipes.join(" or ")}.`,
  );
}
