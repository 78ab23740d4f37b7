/** The R package PAMscapes. */
export { checkPamscapes } from "./check_pamscapes.ts";
export {
  type PamscapesFiles,
  type PamscapesOptions,
  presenceToPamscapes,
  speciesOf,
} from "./presence_to_pamscapes.ts";
export { PamscapesCalls } from "./pamscapes_calls.ts";
