import { openStorage, type RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { classFolders } from "../../pipeline/scores/mod.ts";
import type { Plan } from "../plan/plan.ts";

/** The score trees of a plan's output, one a class of the detector. */
export function openTrees(
  out: string,
  plan: Pick<Plan, "detector">,
  access: RemoteAccess,
): Storage[] {
  return classFolders(out, plan.detector.classNames).map((folder) => openStorage(folder, access));
}
