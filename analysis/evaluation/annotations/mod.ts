/**
 * Reads what people marked: Raven, Audacity, CSV, and what was listened to.
 *
 * @module
 */
export {
  type Annotation,
  type AnnotationOptions,
  certainAnnotations,
  type LabelChoice,
  UNCERTAIN_LABELS,
} from "./annotation.ts";
export { joinPieces, readAnnotations } from "./read_annotations.ts";
export { readCoverage } from "./read_coverage.ts";
