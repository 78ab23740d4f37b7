/** The R package PAMscapes. */
export {
  type PamscapesFiles,
  type PamscapesOptions,
  presenceToPamscapes,
} from "./presence_to_pamscapes.ts";
